import { describe, expect, it } from 'vitest';
import { listOutbox } from '../../renderer/cache/outbox';
import { record } from '../../renderer/cache/record';
import { markerCustomField } from '@shared/sync/marker';
import { createDemoSite } from '../../electron/demo/site';
import { orderValues } from '../simulation/company';
import { calm, once, times, together } from '../support/faults-schedule';
import { VirtualTime } from '../support/virtual-time';
import { edit, goOffline, goOnline, shown, syncedDevice } from '../support/synced-device';
import type { Device } from '../support/device';

/** The database comes back as it was before the work in it was sent; the journal saw that it was. */
async function back(device: Device, backup: Awaited<ReturnType<Device['backUp']>>): Promise<void> {
  await device.restoreBackUp(backup);
  await device.engine.start();
  await device.pass(10 * 60_000);
}

/** A device with an unsent file, and its database from the moment before the journal was told of it. */
async function withUntoldFile() {
  const synced = await syncedDevice({ profile: ['Customer'] });
  const { site, device } = synced;
  const name = site.documents('Customer')[0]?.name ?? '';
  goOffline(device);
  const file = device.keepFile(new TextEncoder().encode('a plan'));
  const asked = { kind: 'attach', doctype: 'Customer', name, file, fileName: 'plan.txt', isPrivate: true } as const;
  const { entry } = await record(device.ports, asked);
  const backup = await device.backUp();
  backup.find((table) => table.name === 'journalQueue')?.rows.push({ id: entry, kind: 'put', revision: 1, at: 0 });
  return { ...synced, backup };
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

  it('does not send a file again that ended, though it was about to tell the journal of it', async () => {
    const { site, device, backup } = await withUntoldFile();
    await goOnline(device);
    expect(site.files()).toHaveLength(1);
    await back(device, backup);
    expect(site.files()).toHaveLength(1);
    expect(await listOutbox(device.cache)).toEqual([]);
  });

  it('does not send a file again whose sending it has not seen, though it was about to tell the journal of it', async () => {
    const { site, device, network, backup } = await withUntoldFile();
    network.now = together(
      once({ method: 'POST', path: '/api/method/upload_file' }, { kind: 'drop-answer' }),
      // It is not found again before the older database is back.
      times(99, { path: '/api/resource/File' }, { kind: 'offline' }),
    );
    await goOnline(device, 1_000);
    network.now = calm;
    await back(device, backup);
    expect(site.files()).toHaveLength(1);
    expect(await listOutbox(device.cache)).toEqual([]);
  });
});

it('an edit that had become part of another one does not come back from an older database over what was typed since', async () => {
  const { site, device, network } = await syncedDevice({ profile: ['Customer'], random: () => 0.99 });
  const name = site.documents('Customer')[0]?.name ?? '';
  network.now = once({ method: 'PUT' }, { kind: 'drop-request' });
  await edit(device, 'Customer', name, { website: 'first.example.com' });
  await device.settle();
  goOffline(device);
  await edit(device, 'Customer', name, { customer_details: 'second' });
  const backup = await device.backUp();
  await edit(device, 'Customer', name, { customer_details: 'third' });
  site.as('office@example.com').update('Customer', name, { website: 'theirs.example.com' });
  await goOnline(device, 60_000);
  const conflict = [
    {
      operation: { changes: { fields: { website: 'first.example.com', customer_details: 'third' } } },
      state: { problem: { kind: 'conflict', clashes: [{ path: { fieldname: 'website' } }] } },
    },
  ];
  expect(await listOutbox(device.cache)).toMatchObject(conflict);
  await back(device, backup);
  expect(await listOutbox(device.cache)).toMatchObject(conflict);
  expect(await shown(device, 'Customer', name)).toMatchObject({ customer_details: 'third' });
});

it('a create that comes back without its DocType is sent with the mark that the site has a field for', async () => {
  const site = createDemoSite({ now: new VirtualTime().now, scale: 8 });
  site.as('Administrator').insert('Custom Field', markerCustomField('Sales Order'));
  const { device } = await syncedDevice({ site });
  goOffline(device);
  const { entry } = await record(device.ports, { kind: 'create', doctype: 'Sales Order', values: orderValues(site, 0) });
  device.loseDatabase();
  await device.useProfile([]);
  await device.engine.start();
  await device.pass(10_000);
  expect(site.documents('Sales Order').map((order) => order['fieldbook_id'])).toContain(entry);
});
