import { expect } from 'vitest';
import type { Filter } from '@shared/erp/filters';
import { live } from '../case';
import { makeCustomer, makeOrder } from '../documents';
import { openFieldDevice, type FieldDevice } from '../field-device';
import type { Live } from '../live';
import { tag, tagged, taggedOnes } from '../made';
import { forOrders, may } from '../needs';

const customers = may('Customer', 'read', 'write', 'create');
const nothing: Filter = ['name', '=', `${tag} is not there`];

/** A customer on the server and on a device that has gone offline. No pull brings them again: what follows is the push's to find. */
async function customerOffline(server: Live, word: string): Promise<{ name: string; device: FieldDevice }> {
  const { name } = await makeCustomer(server, word);
  const device = await openFieldDevice(server, [{ doctype: 'Customer', filters: [['name', '=', name]] }]);
  device.goOffline();
  await device.keepOnly([{ doctype: 'Customer', filters: [nothing] }]);
  return { name, device };
}

const edit = async (device: FieldDevice, name: string, values: Record<string, string>) =>
  device.record({ kind: 'update', doctype: 'Customer', name, values: { ...(await device.doc('Customer', name))!, ...values } });

live('An edit of what another changed elsewhere is merged, and both stand.', [customers], async (server) => {
  const { name, device } = await customerOffline(server, 'Merged');
  await edit(device, name, { website: 'mine.example' });
  await server.update('Customer', name, { customer_details: 'theirs' });
  device.goOnline();
  expect(await device.settled()).toEqual([]);
  expect(await server.get('Customer', name)).toMatchObject({ website: 'mine.example', customer_details: 'theirs' });
  expect(await device.doc('Customer', name)).toMatchObject({ website: 'mine.example', customer_details: 'theirs' });
});

live('Two values for one field wait for a person; the server keeps its own, and the rest goes on.', [customers], async (server) => {
  const { name, device } = await customerOffline(server, 'Clash');
  const other = await makeCustomer(server, 'Beside the clash');
  await edit(device, name, { website: 'mine.example', customer_details: 'mine alone' });
  await server.update('Customer', name, { website: 'theirs.example' });
  device.goOnline();
  const left = await device.settled();
  expect(left).toMatchObject([
    {
      doctype: 'Customer',
      name,
      state: {
        at: 'parked',
        problem: { kind: 'conflict', clashes: [{ path: { fieldname: 'website' }, mine: 'mine.example', theirs: 'theirs.example' }] },
      },
    },
  ]);
  const there = await server.get('Customer', name);
  expect(there).toMatchObject({ website: 'theirs.example' });
  expect(there['customer_details'] ?? '').toBe('');
  await device.keepOnly([{ doctype: 'Customer', filters: [['name', '=', other.name]] }]);
  device.engine.syncNow();
  await device.engine.idle();
  await edit(device, other.name, { website: 'beside.example' });
  device.engine.handle({ kind: 'saved' });
  expect(await device.settled()).toHaveLength(1);
  expect(await server.get('Customer', other.name)).toMatchObject({ website: 'beside.example' });
});

live('A deletion on the server is found by comparing names.', [...forOrders, may('Sales Order', 'delete')], async (server) => {
  const [gone, stays] = [await makeOrder(server, 'Deleted there'), await makeOrder(server, 'Stays there')];
  const device = await openFieldDevice(server, [{ doctype: 'Sales Order', filters: [taggedOnes('Sales Order')] }]);
  expect(await device.doc('Sales Order', gone.name)).toBeDefined();
  await server.erp.remove({ account: server.account, doctype: 'Sales Order', name: gone.name });
  device.engine.handle({ kind: 'sync-now' });
  await device.engine.idle();
  expect(await device.doc('Sales Order', gone.name)).toBeUndefined();
  expect(await device.doc('Sales Order', stays.name)).toBeDefined();
  const asked = device.network.asked.some(({ path }) => path.includes('Deleted Document'));
  expect(asked, 'which only an administrator may read').toBe(false);
});

live('An edit of what was deleted there waits for a person.', [...forOrders, may('Sales Order', 'delete')], async (server) => {
  const { name } = await makeOrder(server, 'Deleted there, edited here');
  const device = await openFieldDevice(server, [{ doctype: 'Sales Order', filters: [['name', '=', name]] }]);
  device.goOffline();
  await device.record({
    kind: 'update',
    doctype: 'Sales Order',
    name,
    values: { ...(await device.doc('Sales Order', name))!, po_no: tagged('Edited here') },
  });
  await server.erp.remove({ account: server.account, doctype: 'Sales Order', name });
  device.goOnline();
  expect(await device.settled()).toMatchObject([{ name, state: { at: 'parked', problem: { kind: 'missing', how: 'gone' } } }]);
});

live('A rename is followed by the document, its edits and what links to it.', [...forOrders, customers], async (server, leaveOut) => {
  if ((await server.bundle('Customer')).doctype.allow_rename !== 1) leaveOut('Customer may not be renamed on this site');
  const { name } = await makeCustomer(server, 'Renamed there');
  const order = await makeOrder(server, 'For the renamed', { customer: name });
  const device = await openFieldDevice(server, [
    { doctype: 'Customer', filters: [taggedOnes('Customer')] },
    { doctype: 'Sales Order', filters: [['name', '=', order.name]] },
  ]);
  device.goOffline();
  await edit(device, name, { website: 'followed.example' });
  const renamed = tagged('Renamed');
  const args = { doctype: 'Customer', old_name: name, new_name: renamed };
  await server.erp.call({ account: server.account, http: 'POST', method: 'frappe.client.rename_doc', args });
  server.made.add('Customer', renamed);
  device.goOnline();
  device.engine.handle({ kind: 'sync-now' });
  expect(await device.settled()).toEqual([]);
  expect(await server.get('Customer', renamed)).toMatchObject({ website: 'followed.example' });
  expect(await device.doc('Customer', renamed)).toMatchObject({ name: renamed, website: 'followed.example' });
  expect(await device.cache.documents.get(['Customer', name])).toBeUndefined();
  expect(await device.doc('Sales Order', order.name)).toMatchObject({ customer: renamed });
});
