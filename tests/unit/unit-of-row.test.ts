import { describe, expect, it, test } from 'vitest';
import type { Doc } from '@shared/erp/document';
import { rowsOf } from '@shared/erp/document';
import { diffDocuments } from '@shared/sync/changes';
import { mergeDocuments } from '@shared/sync/merge';
import { resolveClashes } from '@shared/sync/resolve-clashes';
import { bundleOf } from '../support/form-fixtures';
import { listOutbox } from '../../renderer/cache/outbox';
import { edit, goOffline, goOnline, shown, syncedDevice } from '../support/synced-device';

const orders = bundleOf('Sales Order');
const order = (row: object): Doc => ({
  doctype: 'Sales Order',
  name: 'SO-1',
  items: [
    { name: 'r', idx: 1, item_code: 'BOLT', qty: 2, uom: 'Nos', conversion_factor: 1, price_list_rate: 9, rate: 9, stock_qty: 2, ...row },
  ],
});
const box = { uom: 'Box', conversion_factor: 10, price_list_rate: 90, rate: 90 };

describe('the unit of a row in an edit', () => {
  test('its factor and list price are sent with it, though nobody may type them; what the server reckons is not', () => {
    expect(diffDocuments(order({}), order({ ...box, stock_qty: 20 }), orders).tables['items']?.edited).toEqual({ r: box });
  });

  test('a list price that another price list brought is sent, so that no discount is reckoned from the old one', () => {
    const repriced = { price_list_rate: 7, rate: 7 };
    expect(diffDocuments(order({}), order(repriced), orders).tables['items']?.edited).toEqual({ r: repriced });
  });

  test('two units that clash are one question, and the factor goes by the answer', () => {
    const versions = { base: order({}), mine: order(box), theirs: order({ uom: 'Pair', conversion_factor: 2 }) };
    const { doc, clashes } = mergeDocuments(versions, orders);
    expect(clashes.map(({ path }) => path.fieldname)).toEqual(['uom']);
    expect(rowsOf(doc, 'items')).toMatchObject([{ uom: 'Pair', conversion_factor: 2 }]);
    const [{ path } = { path: { fieldname: '' } }] = clashes;
    expect(rowsOf(resolveClashes(versions, [{ path, take: 'mine' }], orders).doc, 'items')).toMatchObject([box]);
    expect(resolveClashes(versions, [{ path, take: 'theirs' }], orders).changes.tables['items']?.edited['r']).not.toHaveProperty(
      'conversion_factor',
    );
  });

  test('a unit against one of the same factor does not keep the factor of the other', () => {
    const versions = { base: order({}), mine: order(box), theirs: order({ uom: 'Piece' }) };
    expect(rowsOf(mergeDocuments(versions, orders).doc, 'items')).toMatchObject([{ uom: 'Piece', conversion_factor: 1 }]);
  });

  test('the unit of one side with the item of the other has no factor: the server looks it up', () => {
    const versions = { base: order({}), mine: order(box), theirs: order({ item_code: 'NAIL' }) };
    expect(rowsOf(mergeDocuments(versions, orders).doc, 'items')).toMatchObject([
      { item_code: 'NAIL', uom: 'Box', conversion_factor: null },
    ]);
  });
});

/** A synced device with a draft of a colleague's, of two pieces of something that comes in boxes of ten. */
async function withDraft() {
  const synced = await syncedDevice({ random: () => 0.99 });
  const { site, device } = synced;
  const boxed = site.documents('Item').find((one) => rowsOf(one, 'uoms').length > 1 && one['disabled'] !== 1)?.name ?? '';
  const customer = site.documents('Customer')[0]?.name ?? '';
  const company = site.documents('Company')[0]?.name ?? '';
  const items = [{ name: '', item_code: boxed, qty: 2, uom: 'Nos', rate: 20 }];
  const { name } = site.as('office@example.com').insert('Sales Order', { customer, company, delivery_date: '2030-01-01', items });
  device.engine.syncNow();
  await device.settle();
  const there = () => rowsOf(site.document('Sales Order', name) ?? {}, 'items')[0];
  return { ...synced, name, there, rows: rowsOf(await shown(device, 'Sales Order', name), 'items') };
}

it('an edit offline from pieces to boxes moves ten times the stock', async () => {
  const { device, name, there, rows } = await withDraft();
  goOffline(device);
  await edit(device, 'Sales Order', name, { items: rows.map((row) => ({ ...row, uom: 'Box', conversion_factor: 10, rate: 200 })) });
  await goOnline(device, 60_000);
  expect(await listOutbox(device.cache)).toEqual([]);
  expect(there()).toMatchObject({ uom: 'Box', conversion_factor: 10, stock_qty: 20, rate: 200 });
});

it('an edit that knows no factor has the server look it up', async () => {
  const { device, name, there, rows } = await withDraft();
  goOffline(device);
  await edit(device, 'Sales Order', name, { items: rows.map((row) => ({ ...row, uom: 'Box' })) });
  await goOnline(device, 60_000);
  expect(there()).toMatchObject({ uom: 'Box', conversion_factor: 10, stock_qty: 20 });
});
