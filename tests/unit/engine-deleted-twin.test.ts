import { expect, it } from 'vitest';
import { AppError } from '@shared/errors';
import { listOutbox } from '../../renderer/cache/outbox';
import { record } from '../../renderer/cache/record';
import { orderValues } from '../simulation/company';
import { once } from '../support/faults-schedule';
import type { Device } from '../support/device';
import { edit, goOffline, goOnline, shown, syncedDevice } from '../support/synced-device';

/** An order whose create was not answered, shown twice: as it was made here, and as it was downloaded since. */
async function twins() {
  // Looked for late.
  const synced = await syncedDevice({ profile: ['Sales Order'], random: () => 0.99 });
  const { site, device, network } = synced;
  const before = site.documents('Sales Order').map(({ name }) => name);
  network.now = once({ method: 'POST', path: '/api/resource/Sales Order' }, { kind: 'drop-answer' });
  const { name: made } = await record(device.ports, { kind: 'create', doctype: 'Sales Order', values: orderValues(site, 0) });
  device.engine.handle({ kind: 'saved' });
  await device.pass(1_000);
  device.engine.syncNow();
  await device.settle();
  goOffline(device);
  expect((await listOutbox(device.cache)).map(({ state }) => state.at)).toEqual(['uncertain']);
  return { ...synced, made, twin: site.documents('Sales Order').find(({ name }) => !before.includes(name))?.name ?? '' };
}

const remove = (device: Device, name: string) => record(device.ports, { kind: 'delete', doctype: 'Sales Order', name, beheld: null });

it('what was edited under the server’s name is not deleted unseen under the name that the document had here', async () => {
  const { site, device, made, twin } = await twins();
  await remove(device, made);
  await edit(device, 'Sales Order', twin, { terms: 'Ring twice' });
  await goOnline(device, 300_000);
  expect(site.document('Sales Order', twin)).toMatchObject({ terms: 'Ring twice' });
  expect(await listOutbox(device.cache)).toMatchObject([
    { name: twin, operation: { kind: 'delete' }, state: { at: 'parked', problem: { kind: 'changed-before-submit' } } },
  ]);
});

it('nor is what somebody in the office made of it', async () => {
  const { site, device, made, twin } = await twins();
  await remove(device, made);
  site.as('office@example.com').update('Sales Order', twin, { terms: 'Call first' });
  await goOnline(device, 300_000);
  expect(site.document('Sales Order', twin)).toMatchObject({ terms: 'Call first' });
  expect(await listOutbox(device.cache)).toMatchObject([
    { operation: { kind: 'delete' }, state: { at: 'parked', problem: { kind: 'changed-before-submit' } } },
  ]);
});

it('an edit that could not go before the document was deleted under its other name is laid before its person', async () => {
  const { site, device, network, made, twin } = await twins();
  await remove(device, made);
  await edit(device, 'Sales Order', twin, { terms: 'Ring twice' });
  network.now = (request) =>
    request.method === 'PUT' && site.document('Sales Order', twin) !== undefined
      ? { kind: 'server-error', excType: 'Exception' }
      : undefined;
  await goOnline(device, 300_000);
  expect(site.document('Sales Order', twin)).toBeUndefined();
  expect(await listOutbox(device.cache)).toMatchObject([
    { name: twin, operation: { kind: 'update' }, state: { at: 'parked', problem: { kind: 'missing', how: 'gone' } } },
  ]);
  expect(await shown(device, 'Sales Order', twin)).toMatchObject({ terms: 'Ring twice' });
});

it('a document that waits to be deleted takes no comment and no file, which would go with it', async () => {
  const { site, device } = await syncedDevice({ profile: ['Customer'] });
  goOffline(device);
  const { name = '', modified = null } = site.documents('Customer')[0] ?? {};
  await record(device.ports, { kind: 'delete', doctype: 'Customer', name, beheld: modified });
  const late = record(device.ports, { kind: 'comment', doctype: 'Customer', name, content: 'called them' });
  await expect(late).rejects.toThrow(AppError);
  await expect(late).rejects.toMatchObject({ code: 'refused' });
  expect((await listOutbox(device.cache)).map(({ operation }) => operation.kind)).toEqual(['delete']);
});
