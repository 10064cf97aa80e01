import { describe, expect, it } from 'vitest';
import { rowsOf } from '@shared/erp/document';
import { listOutbox, undo } from '../../renderer/cache/outbox';
import { record } from '../../renderer/cache/record';
import { orderValues } from '../simulation/company';
import { once } from '../support/faults-schedule';
import { edit, goOffline, goOnline, placeOrder, shown, syncedDevice } from '../support/synced-device';

/** The network delivers a request twice, and the answer to the second one arrives. */
const twice = { kind: 'twice', answer: 'second' } as const;

describe('a request that is delivered twice', () => {
  it('and refused the second time, since it is there already, is done', async () => {
    const { site, device, network } = await syncedDevice({ settings: { createMarker: 'negative-idx' } });
    const before = site.documents('Sales Order').length;
    network.now = once({ method: 'POST', path: '/api/resource/' }, twice);
    // The server takes a purchase order of a customer once only.
    await record(device.ports, { kind: 'create', doctype: 'Sales Order', values: { ...orderValues(site, 0), po_no: 'PO-1' } });
    device.engine.handle({ kind: 'saved' });
    await device.settle();
    expect(site.documents('Sales Order')).toHaveLength(before + 1);
    expect(await listOutbox(device.cache)).toEqual([]);
  });

  it('adds a row once', async () => {
    const { site, device, network } = await syncedDevice();
    const { name } = placeOrder(site);
    device.engine.syncNow();
    await device.settle();
    const [first] = rowsOf(await shown(device, 'Sales Order', name), 'items');
    network.now = once({ method: 'PUT', path: '/api/resource/' }, twice);
    await edit(device, 'Sales Order', name, { items: [first!, { ...first!, name: '', description: 'added here' }] });
    await device.pass(60_000);
    expect(rowsOf(site.document('Sales Order', name) ?? {}, 'items').map(({ description }) => description)).toHaveLength(2);
    expect(await listOutbox(device.cache)).toEqual([]);
  });
});

it('what was sent in this moment is not said to be taken back', async () => {
  const { site, device } = await syncedDevice({ profile: ['Customer'] });
  const name = site.documents('Customer')[0]?.name ?? '';
  goOffline(device);
  const { entry } = await record(device.ports, { kind: 'comment', doctype: 'Customer', name, content: 'called them' });
  await goOnline(device);
  await expect(undo(device.ports, entry ?? '')).rejects.toMatchObject({ code: 'refused' });
});
