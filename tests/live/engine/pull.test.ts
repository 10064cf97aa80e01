import { expect } from 'vitest';
import { rowsOf } from '@shared/erp/document';
import { live } from '../case';
import { makeCustomer, makeOrder, party } from '../documents';
import { openFieldDevice } from '../field-device';
import { taggedOnes } from '../made';
import { forOrders, may } from '../needs';
import { differences } from '../whole-documents';

live('A small profile with filters is downloaded whole, and nothing beside it.', [...forOrders, may('Item', 'read')], async (server) => {
  const orders = [await makeOrder(server, 'Pulled A'), await makeOrder(server, 'Pulled B')];
  const customer = await party(server);
  const profile = [
    { doctype: 'Customer', filters: [taggedOnes('Customer')] },
    { doctype: 'Sales Order', filters: [taggedOnes('Sales Order')] },
  ];
  const device = await openFieldDevice(server, profile);
  for (const [doctype, filters] of profile.map((entry) => [entry.doctype, entry.filters] as const)) {
    const there = await server.list(doctype, ['name'], filters, 0);
    const here = await device.cache.documents.where('[doctype+name]').between([doctype, ''], [doctype, []]).toArray();
    expect(here.map(({ name }) => name).sort()).toEqual(there.map(({ name }) => name).sort());
  }
  for (const { doctype, name } of [...orders, customer]) {
    const [kept, there] = [await device.doc(doctype, name), await server.get(doctype, name)];
    expect(kept).toBeDefined();
    expect(differences(kept!, there, await server.bundle(doctype))).toEqual([]);
  }
  const item = String(rowsOf(orders[0]!, 'items')[0]?.['item_code']);
  expect(await device.doc('Item', item), 'what an order links to comes along').toBeDefined();
});

live('The next round brings what changed since.', [may('Customer', 'read', 'write', 'create')], async (server) => {
  const customer = await makeCustomer(server, 'Changed');
  const device = await openFieldDevice(server, [{ doctype: 'Customer', filters: [taggedOnes('Customer')] }]);
  await server.update('Customer', customer.name, { website: 'changed.example', modified: customer.modified });
  const added = await makeCustomer(server, 'Added');
  device.engine.syncNow();
  await device.engine.idle();
  expect(await device.doc('Customer', customer.name)).toMatchObject({ website: 'changed.example' });
  expect(await device.doc('Customer', added.name)).toMatchObject({ customer_name: added['customer_name'] });
});
