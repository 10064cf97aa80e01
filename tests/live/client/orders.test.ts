import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { rowsOf, type Doc } from '@shared/erp/document';
import { amend } from '@shared/form/amend';
import { negativeIdx } from '@shared/sync/marker';
import { live } from '../case';
import { makeOrder, orderRow, setDocstatus } from '../documents';
import { tagged } from '../made';
import { forOrders, may, noWorkflow } from '../needs';

const forSubmit = [...forOrders, may('Sales Order', 'submit', 'cancel'), noWorkflow('Sales Order')];
const items = (doc: Doc) => rowsOf(doc, 'items');

live('A negative idx marks a create: kept, found by it, and set back by the next update.', forOrders, async (server) => {
  const idx = negativeIdx(crypto.randomUUID());
  const doc = await makeOrder(server, 'Marked', { idx });
  expect(doc.idx).toBe(idx);
  expect(await server.list('Sales Order', ['name'], [['idx', '=', idx]], 2)).toEqual([{ name: doc.name }]);
  const saved = await server.update('Sales Order', doc.name, { idx: 0, modified: doc.modified });
  expect(saved.idx).toBe(0);
  expect(await server.list('Sales Order', ['name'], [['idx', '=', idx]], 2)).toEqual([]);
});

live('The mark is set back after submitting too.', forSubmit, async (server) => {
  const doc = await makeOrder(server, 'Marked, submitted', { idx: negativeIdx(crypto.randomUUID()) });
  const submitted = await setDocstatus(server, doc, 1);
  expect(submitted).toMatchObject({ docstatus: 1, idx: doc.idx });
  const saved = await server.update('Sales Order', doc.name, { idx: 0, modified: submitted.modified });
  expect(saved).toMatchObject({ docstatus: 1, idx: 0 });
});

live('Rows sent as they were just read keep their names; added ones come, missing ones go.', forOrders, async (server) => {
  const { name } = await makeOrder(server, 'Rows');
  const before = await server.get('Sales Order', name);
  const [first] = items(before);
  const grown = await server.update('Sales Order', name, {
    items: [{ ...first, qty: 5 }, await orderRow(server, 'otherItem', 3)],
    modified: before.modified,
  });
  expect(items(grown)).toMatchObject([
    { name: first?.name, qty: 5, item_code: first?.['item_code'] },
    { qty: 3, idx: 2 },
  ]);
  expect(grown['total_qty']).toBe(8);
  const read = await server.get('Sales Order', name);
  const second = items(read)[1];
  const shrunk = await server.update('Sales Order', name, { items: [second], modified: read.modified });
  expect(items(shrunk)).toMatchObject([{ name: second?.name, qty: 3 }]);
  expect(items(await server.get('Sales Order', name))).toHaveLength(1);
});

live('A submit heeds what it is based on, and a submitted order takes no other change.', forSubmit, async (server) => {
  const doc = await makeOrder(server, 'Submitted');
  const newer = await server.update('Sales Order', doc.name, { po_no: tagged('Submitted, changed'), modified: doc.modified });
  await expect(setDocstatus(server, doc, 1)).rejects.toMatchObject({ code: 'stale' });
  expect((await server.get('Sales Order', doc.name)).docstatus).toBe(0);
  const submitted = await setDocstatus(server, newer, 1);
  expect(submitted.docstatus).toBe(1);
  const type = submitted['order_type'] === 'Maintenance' ? 'Sales' : 'Maintenance';
  const change = server.update('Sales Order', doc.name, { order_type: type, modified: submitted.modified });
  await expect(change).rejects.toMatchObject({ code: 'refused', details: { excType: 'UpdateAfterSubmitError' } });
});

live(
  'A cancelled order is amended once, under the old name with a number.',
  [...forSubmit, may('Sales Order', 'amend')],
  async (server) => {
    const { erp, account } = server;
    const cancelled = await setDocstatus(server, await setDocstatus(server, await makeOrder(server, 'Amended'), 1), 2);
    expect(cancelled.docstatus).toBe(2);
    const values = amend(await server.bundle('Sales Order'), await server.get('Sales Order', cancelled.name), () => randomUUID());
    // Rows are named by the server.
    const rows = rowsOf(values, 'items').map(({ name: _, ...row }) => row);
    const body = { ...values, items: rows, payment_schedule: [] };
    const amended = await server.create('Sales Order', body);
    expect(amended).toMatchObject({ name: `${cancelled.name}-1`, amended_from: cancelled.name, docstatus: 0, po_no: cancelled['po_no'] });
    expect(items(amended)).toMatchObject(items(cancelled).map(({ item_code, qty }) => ({ item_code, qty })));
    await expect(erp.create({ account, doctype: 'Sales Order', body })).rejects.toMatchObject({ code: 'duplicate' });
  },
);
