import { describe, expect, it } from 'vitest';
import { listOutbox } from '../../renderer/cache/outbox';
import { record } from '../../renderer/cache/record';
import { orderValues } from '../simulation/company';
import { edit, goOffline, goOnline, syncedDevice } from '../support/synced-device';
import type { Device } from '../support/device';

/** The database comes back as it was before the work in it was sent; the journal saw that it was. */
async function back(device: Device, backup: Awaited<ReturnType<Device['backUp']>>): Promise<void> {
  await device.restoreBackUp(backup);
  await device.engine.start();
  await device.pass(10 * 60_000);
}

describe('an older database', () => {
  it('does not send a comment again that was sent from the newer one', async () => {
    const { site, device } = await syncedDevice({ profile: ['Customer'] });
    const name = site.documents('Customer')[0]?.name ?? '';
    goOffline(device);
    await record(device.ports, { kind: 'comment', doctype: 'Customer', name, content: 'called them' });
    const backup = await device.backUp();
    await goOnline(device);
    await back(device, backup);
    expect(site.comments('Customer', name)).toHaveLength(1);
    expect(await listOutbox(device.cache)).toEqual([]);
  });

  it('finds an order that was made from the newer one, by a mark that comes from the entry', async () => {
    const { site, device } = await syncedDevice({ settings: { createMarker: 'negative-idx' } });
    const before = site.documents('Sales Order').length;
    goOffline(device);
    await record(device.ports, { kind: 'create', doctype: 'Sales Order', values: orderValues(site, 0) });
    const backup = await device.backUp();
    await goOnline(device);
    expect(site.documents('Sales Order')).toHaveLength(before + 1);
    await back(device, backup);
    expect(site.documents('Sales Order')).toHaveLength(before + 1);
    expect(await listOutbox(device.cache)).toEqual([]);
  });

  it('finds it by what it is like where an edit has taken its mark away', async () => {
    const { site, device } = await syncedDevice({ settings: { createMarker: 'negative-idx' } });
    goOffline(device);
    await record(device.ports, { kind: 'create', doctype: 'Sales Order', values: orderValues(site, 0) });
    const backup = await device.backUp();
    await goOnline(device);
    const made = site.documents('Sales Order');
    await edit(device, 'Sales Order', made.at(-1)?.name ?? '', { po_no: 'changed since' });
    await device.settle();
    expect(site.documents('Sales Order').at(-1)).toMatchObject({ idx: 0, po_no: 'changed since' });
    await back(device, backup);
    expect(site.documents('Sales Order')).toHaveLength(made.length);
  });
});
