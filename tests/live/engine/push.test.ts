import { expect } from 'vitest';
import { rowsOf, type DocumentValues } from '@shared/erp/document';
import { temporaryPrefix } from '@shared/erp/temporary-name';
import { live } from '../case';
import { customerValues, makeCustomer, orderValues, party } from '../documents';
import { openFieldDevice } from '../field-device';
import { keep, note } from '../files';
import { taggedOnes } from '../made';
import { forOrders, may, noWorkflow } from '../needs';
import { differences } from '../whole-documents';

const customers = may('Customer', 'read', 'write', 'create');

/** What the app's form hands over; rows get their names when they are saved. */
const typed = (values: Record<string, unknown>): DocumentValues =>
  // Built of texts, numbers and rows of them.
  values as DocumentValues;

live(
  'An edit, a customer, an order for them and a file, all made offline, reach the server once connected.',
  [...forOrders, customers],
  async (server) => {
    const known = await makeCustomer(server, 'Edited offline');
    const device = await openFieldDevice(server, [
      { doctype: 'Customer', filters: [taggedOnes('Customer')] },
      { doctype: 'Sales Order', filters: [taggedOnes('Sales Order')] },
    ]);
    device.goOffline();
    const before = device.network.asked.length;
    const edited = (await device.doc('Customer', known.name))!;
    await device.record({ kind: 'update', doctype: 'Customer', name: known.name, values: { ...edited, website: 'offline.example' } });
    const values = await customerValues(server, 'Made offline');
    const customer = await device.record({ kind: 'create', doctype: 'Customer', values });
    const orderTyped = await orderValues(server, 'Made offline', customer.name);
    const order = await device.record({ kind: 'create', doctype: 'Sales Order', values: typed(orderTyped) });
    const file = await keep(device, 'gate.txt', note());
    await device.record({ kind: 'attach', doctype: 'Sales Order', name: order.name, file, fileName: 'gate.txt', isPrivate: true });
    expect(await device.outbox()).toHaveLength(4);
    expect(device.network.asked.slice(before), 'nothing is asked while offline').toEqual([]);

    device.goOnline();
    expect(await device.settled()).toEqual([]);
    expect(await server.get('Customer', known.name)).toMatchObject({ website: 'offline.example', customer_name: known['customer_name'] });
    const made = await server.list('Customer', ['name'], [['customer_name', '=', values['customer_name'] ?? '']], 0);
    expect(made).toHaveLength(1);
    const orders = await server.list('Sales Order', ['name', 'customer'], [['po_no', '=', String(orderTyped['po_no'])]], 0);
    expect(orders).toMatchObject([{ customer: made[0]?.name }]);
    const sent = await server.get('Sales Order', orders[0]!.name);
    expect(rowsOf(sent, 'items')).toMatchObject(orderTyped['items'] as object[]);
    expect(JSON.stringify(sent)).not.toContain(temporaryPrefix);
    const attached = await server.list(
      'File',
      ['name', 'content_hash', 'is_private'],
      [
        ['attached_to_name', '=', sent.name],
        ['attached_to_doctype', '=', 'Sales Order'],
      ],
      0,
    );
    attached.forEach(({ name }) => server.made.add('File', name));
    expect(attached).toMatchObject([{ content_hash: file.md5, is_private: 1 }]);
    const kept = await device.doc('Sales Order', order.name);
    expect(kept?.name, 'the device knows it under its new name').toBe(sent.name);
    expect(differences(kept!, sent, await server.bundle('Sales Order'))).toEqual([]);
  },
);

live('A row edited and a row added offline join the rows that are there.', forOrders, async (server) => {
  const { doc, name } = await orderOnDevice(server, 'Rows offline');
  const device = await openFieldDevice(server, [{ doctype: 'Sales Order', filters: [['name', '=', name]] }]);
  device.goOffline();
  const local = (await device.doc('Sales Order', name))!;
  const [first] = rowsOf(local, 'items');
  const { item_code, warehouse, delivery_date } = first!;
  const items = [
    { ...first!, qty: 7 },
    { name: '', item_code: item_code!, warehouse: warehouse!, delivery_date: delivery_date!, qty: 1, rate: 5 },
  ];
  await device.record({ kind: 'update', doctype: 'Sales Order', name, values: { ...local, items } });
  device.goOnline();
  expect(await device.settled()).toEqual([]);
  const rows = rowsOf(await server.get('Sales Order', name), 'items');
  expect(rows).toMatchObject([
    { name: rowsOf(doc, 'items')[0]?.name, qty: 7, rate: 100 },
    { item_code, qty: 1, rate: 5 },
  ]);
  expect(rows).toHaveLength(2);
});

live(
  'An order made and submitted offline is submitted on the server.',
  [...forOrders, may('Sales Order', 'submit', 'cancel'), noWorkflow('Sales Order')],
  async (server) => {
    const device = await openFieldDevice(server, [{ doctype: 'Sales Order', filters: [taggedOnes('Sales Order')] }]);
    device.goOffline();
    const values = await orderValues(server, 'Submitted offline');
    const { name } = await device.record({ kind: 'create', doctype: 'Sales Order', values: typed(values) });
    await device.record({ kind: 'submit', doctype: 'Sales Order', name });
    device.goOnline();
    expect(await device.settled()).toEqual([]);
    expect(await server.list('Sales Order', ['docstatus'], [['po_no', '=', String(values['po_no'])]], 0)).toEqual([{ docstatus: 1 }]);
  },
);

live('A comment made offline is on the document once.', [customers], async (server) => {
  const { name } = await party(server);
  const device = await openFieldDevice(server, [{ doctype: 'Customer', filters: [['name', '=', name]] }]);
  device.goOffline();
  await device.record({ kind: 'comment', doctype: 'Customer', name, content: 'Called at <9>' });
  device.goOnline();
  expect(await device.settled()).toEqual([]);
  const { docinfo } = await server.erp.open({ account: server.account, doctype: 'Customer', name });
  const said = docinfo.comments.filter(({ content }) => content.includes('Called at &lt;9&gt;'));
  expect(said).toMatchObject([{ owner: server.device.account.user }]);
});

async function orderOnDevice(server: Parameters<typeof orderValues>[0], word: string) {
  const doc = await server.create('Sales Order', await orderValues(server, word));
  return { doc, name: doc.name };
}
