import { expect, it } from 'vitest';
import { discard, listOutbox, undo } from '../../renderer/cache/outbox';
import { record } from '../../renderer/cache/record';
import { edit, goOffline, goOnline, shown, syncedDevice } from '../support/synced-device';
import type { Synced } from '../support/synced-device';

/** A customer that is deleted here, with an edit that goes with it, and changed in the office. */
async function deletedHereChangedThere({ site, device }: Synced): Promise<string> {
  const [customer] = site.documents('Customer');
  const name = customer?.name ?? '';
  await edit(device, 'Customer', name, { customer_details: 'ours' });
  await record(device.ports, { kind: 'delete', doctype: 'Customer', name });
  site.as('office@example.com').update('Customer', name, { website: 'https://new.example' });
  return name;
}

it('a delete that met a newer version and is given up leaves that version, without what was typed before', async () => {
  const synced = await syncedDevice();
  const { site, device } = synced;
  goOffline(device);
  const name = await deletedHereChangedThere(synced);
  await goOnline(device, 60_000);
  const [entry] = await listOutbox(device.cache);
  expect(entry?.state).toMatchObject({ at: 'parked', problem: { kind: 'changed-before-submit' } });
  await discard(device.ports, entry?.id ?? '');

  const left = await shown(device, 'Customer', name);
  expect(left).toMatchObject({ website: 'https://new.example', modified: site.document('Customer', name)?.modified });
  // Some customers of the demo company come with details of their own.
  expect(left['customer_details'] ?? null).toBe(site.document('Customer', name)?.['customer_details'] ?? null);
  expect(left['customer_details']).not.toBe('ours');
});

it('a delete that is taken back before anything newer came leaves what was there, without what was typed before', async () => {
  const synced = await syncedDevice();
  const { site, device } = synced;
  goOffline(device);
  const before = await shown(device, 'Customer', site.documents('Customer')[0]?.name ?? '');
  const name = await deletedHereChangedThere(synced);
  const [entry] = await listOutbox(device.cache);
  await undo(device.ports, entry?.id ?? '');

  expect(await shown(device, 'Customer', name)).toEqual(before);
});
