import { expect, it } from 'vitest';
import { toRow } from '../../renderer/cache/document-row';
import { listOutbox } from '../../renderer/cache/outbox';
import { record } from '../../renderer/cache/record';
import { once, together } from '../support/faults-schedule';
import { goOffline, goOnline, placeOrder, shown, syncedDevice } from '../support/synced-device';

async function orderOfCustomer() {
  const synced = await syncedDevice();
  const order = placeOrder(synced.site);
  synced.device.engine.syncNow();
  await synced.device.settle();
  return { ...synced, order: order.name, customer: String(order['customer']) };
}

it('what links to a name that is gone without a trace is read again, and has the new name', async () => {
  const { site, device, order, customer } = await orderOfCustomer();
  site.as('Administrator').rename('Customer', customer, `${customer} 2`);
  // The old name is not here any more, so that nothing tells of which document the new one is the name.
  await device.cache.documents.update(['Customer', customer], { creation: '' });
  device.engine.handle({ kind: 'sync-now' });
  await device.settle();
  expect((await shown(device, 'Sales Order', order))['customer']).toBe(`${customer} 2`);
});

it('a Link that was read between two renames, and hence leads nowhere, is read again at once', async () => {
  const { site, device, order, customer, network } = await orderOfCustomer();
  const admin = site.as('Administrator');
  admin.update('Sales Order', order, { terms: 'for the pull to bring it' });
  const rename = (path: string, from: string, to: string) =>
    once({ path: `/api/resource/${path}` }, { kind: 'meanwhile', before: () => void admin.rename('Customer', from, to) });
  network.now = together(rename('Sales Order', customer, 'Between'), rename('Sales Order Item', 'Between', 'Afterwards'));
  device.engine.syncNow();
  await device.settle();
  expect((await shown(device, 'Sales Order', order))['customer']).toBe('Afterwards');
});

it('a file waits for its document under the name that it was given while the server was asked for it', async () => {
  const { site, device, customer, network } = await orderOfCustomer();
  goOffline(device);
  const file = device.keepFile(new TextEncoder().encode('a plan'));
  await record(device.ports, { kind: 'attach', doctype: 'Customer', name: customer, file, fileName: 'plan.txt', isPrivate: true });
  const renamed = site.as('Administrator').rename('Customer', customer, 'Renamed Ltd');
  // The comparison of names follows the rename while this answer is on its way.
  const path = new RegExp(`/api/resource/Customer/${customer}$`);
  network.now = once({ path }, { kind: 'delay', ms: 30_000 });
  device.engine.handle({ kind: 'work-offline', on: false });
  device.engine.handle({ kind: 'sync-now' });
  await device.pass(120_000);
  expect(await listOutbox(device.cache)).toEqual([]);
  expect(site.documents('File').map((each) => each['attached_to_name'])).toContain(renamed);
});

it('a delete finds its document under the name that it was given meanwhile', async () => {
  const { site, device } = await orderOfCustomer();
  const name = site.as('field@example.com').insert('Customer', { customer_name: 'Short-lived', customer_type: 'Company' }).name;
  device.engine.syncNow();
  await device.settle();
  goOffline(device);
  await record(device.ports, { kind: 'delete', doctype: 'Customer', name });
  site.as('Administrator').rename('Customer', name, 'Long-lived');
  await goOnline(device);
  expect(await listOutbox(device.cache)).toEqual([]);
  expect(site.document('Customer', 'Long-lived')).toBeUndefined();
});

it('a document that was used on under its new name is not deleted before a person has looked', async () => {
  const { site, device } = await syncedDevice({ profile: ['Customer'] });
  const name = site.as('field@example.com').insert('Customer', { customer_name: 'Twice Ltd', customer_type: 'Company' }).name;
  device.engine.syncNow();
  await device.settle();
  goOffline(device);
  await record(device.ports, { kind: 'delete', doctype: 'Customer', name });
  const renamed = site.as('Administrator').rename('Customer', name, 'Twice and Sons');
  // As a pull brings it that has not yet compared the names.
  await device.cache.documents.put(
    toRow(site.document('Customer', renamed)!, { doctype: undefined, origin: 'profile', keptAt: device.time.now() }),
  );
  await record(device.ports, { kind: 'comment', doctype: 'Customer', name: renamed, content: 'they moved' });
  await goOnline(device, 60_000);

  expect(site.document('Customer', renamed)).toBeDefined();
  expect((await listOutbox(device.cache)).map(({ operation, state }) => [operation.kind, state.at])).toContainEqual(['delete', 'parked']);
});
