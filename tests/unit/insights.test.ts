import { describe, expect, test } from 'vitest';
import type { DocField } from '@shared/erp/docfield';
import type { Doc } from '@shared/erp/document';
import { keepingOf } from '@shared/insights/keeping';
import { openSums } from '@shared/insights/open-amounts';
import { concerns, fieldsOf, fits, presetOf } from '@shared/insights/presets';
import type { OpenPreset, StockPreset } from '@shared/insights/presets';
import { stockOf } from '@shared/insights/stock';
import { scopeKey } from '@shared/sync/profile';
import type { ProfileEntry } from '@shared/sync/profile';
import { encodeBody } from '../../renderer/cache/body';
import { toRow } from '../../renderer/cache/document-row';
import type { DocumentRow } from '../../renderer/cache/rows';
import { insightHere } from '../../renderer/search/insight';
import { testCache } from '../support/cache';

function stockPreset(): StockPreset {
  const preset = presetOf('Item');
  if (preset?.kind !== 'stock') throw new Error('Items have no stock.');
  return preset;
}
function openPreset(doctype = 'Customer'): OpenPreset {
  const preset = presetOf(doctype);
  if (preset?.kind !== 'open') throw new Error('Nothing is open of these.');
  return preset;
}

const bin = (warehouse: string, actual: number, reserved = 0, more: Partial<Doc> = {}): Doc => ({
  doctype: 'Bin',
  name: warehouse,
  item_code: 'BOLT',
  warehouse,
  stock_uom: 'Nos',
  actual_qty: actual,
  reserved_qty: reserved,
  projected_qty: actual - reserved,
  ...more,
});

describe('stock on hand', () => {
  test('is told by warehouse, the fullest first, and in all; what has nothing and promises nothing is left out', () => {
    const stock = stockOf([bin('Van', 2), bin('Stores', 10, 4), bin('Returns', 0), bin('Transit', 0, 3)], stockPreset());
    expect(stock.places).toEqual([
      { place: 'Stores', unit: 'Nos', actual: 10, reserved: 4, projected: 6 },
      { place: 'Van', unit: 'Nos', actual: 2, reserved: 0, projected: 2 },
      { place: 'Transit', unit: 'Nos', actual: 0, reserved: 3, projected: -3 },
    ]);
    expect(stock.totals).toEqual([{ unit: 'Nos', actual: 12, reserved: 7, projected: 5 }]);
  });

  test('adds tenths as people do, and never two units', () => {
    const stock = stockOf([bin('Stores', 0.1), bin('Van', 0.2), bin('Yard', 5, 0, { stock_uom: 'Meter' })], stockPreset());
    expect(stock.totals).toEqual([
      { unit: 'Nos', actual: 0.3, reserved: 0, projected: 0.3 },
      { unit: 'Meter', actual: 5, reserved: 0, projected: 5 },
    ]);
  });

  test('is told of stock items alone', () => {
    expect(concerns(stockPreset(), { is_stock_item: 1 })).toBe(true);
    expect(concerns(stockPreset(), { is_stock_item: 0 })).toBe(false);
  });
});

const invoice = (name: string, outstanding: number, more: Partial<Doc> = {}): Doc => ({
  doctype: 'Sales Invoice',
  name,
  docstatus: 1,
  customer: 'Acme',
  company: 'Alder',
  party_account_currency: 'EUR',
  outstanding_amount: outstanding,
  due_date: '2026-06-10',
  ...more,
});
const ask = { today: '2026-06-15', currencyOf: () => '' };

describe('what a customer owes', () => {
  test('is summed over submitted invoices, with how many, how much is late, and the first day that any was due', () => {
    const docs = [
      invoice('1', 100.1),
      invoice('2', 50.2, { due_date: '2026-06-15' }),
      invoice('3', 10, { due_date: '2026-05-01' }),
      invoice('paid', 0),
      invoice('draft', 999, { docstatus: 0 }),
      invoice('cancelled', 999, { docstatus: 2 }),
    ];
    expect(openSums(docs, openPreset(), ask)).toEqual([
      { company: 'Alder', currency: 'EUR', total: 160.3, count: 3, overdue: 110.1, late: 2, oldestDue: '2026-05-01' },
    ]);
  });

  test('is less by its returns, which are late for nobody', () => {
    const docs = [invoice('1', 100, { due_date: '2026-07-01' }), invoice('R', -30, { is_return: 1, due_date: '2026-01-01' })];
    expect(openSums(docs, openPreset(), ask)).toEqual([
      { company: 'Alder', currency: 'EUR', total: 70, count: 2, overdue: 0, late: 0, oldestDue: '2026-07-01' },
    ]);
  });

  test('is never summed across currencies or companies; without a currency the company’s counts', () => {
    const docs = [
      invoice('1', 1),
      invoice('2', 2, { party_account_currency: 'USD' }),
      invoice('3', 4, { company: 'Birch' }),
      invoice('4', 8, { party_account_currency: '' }),
    ];
    const sums = openSums(docs, openPreset(), { ...ask, currencyOf: (company) => (company === 'Alder' ? 'EUR' : 'GBP') });
    expect(sums.map(({ company, currency, total }) => [company, currency, total])).toEqual([
      ['Alder', 'EUR', 9],
      ['Birch', 'EUR', 4],
      ['Alder', 'USD', 2],
    ]);
  });

  test('has its like for suppliers', () => {
    expect(openPreset('Supplier')).toMatchObject({ source: 'Purchase Invoice', link: 'supplier' });
    expect(presetOf('Warehouse')).toBeNull();
  });
});

describe('how whole a figure is', () => {
  const all = { doctype: 'Sales Invoice', filters: [] };
  const downloaded = { completedAt: 1_000, sweptAt: 3_000, filters: '[]' };

  test('it is as old as the last download or comparison', () => {
    expect(keepingOf(all, downloaded, '2026-06-15')).toEqual({ kept: 'yes', asOf: 3_000, leftOut: null });
    expect(keepingOf(all, { ...downloaded, completedAt: 5_000 }, '2026-06-15')).toMatchObject({ asOf: 5_000 });
  });

  test('what is not kept, not here yet, or was kept under other filters makes none', () => {
    expect(keepingOf(undefined, downloaded, '2026-06-15')).toEqual({ kept: 'no' });
    expect(keepingOf(all, undefined, '2026-06-15')).toEqual({ kept: 'coming' });
    expect(keepingOf(all, { ...downloaded, completedAt: null }, '2026-06-15')).toEqual({ kept: 'coming' });
    expect(keepingOf(all, { ...downloaded, filters: '[["status","=","Paid"]]' }, '2026-06-15')).toEqual({ kept: 'coming' });
  });

  test('a filter and a time window leave something out', () => {
    const entry: ProfileEntry = { ...all, filters: [['company', '=', 'Alder']] };
    expect(keepingOf(entry, { ...downloaded, filters: scopeKey(entry) }, '2026-06-15')).toMatchObject({ leftOut: { by: 'filter' } });
    const recent = { ...all, window: { field: 'posting_date', days: 30 } };
    expect(keepingOf(recent, { ...downloaded, filters: scopeKey(recent) }, '2026-06-15')).toMatchObject({
      leftOut: { by: 'window', since: '2026-05-16', field: 'posting_date' },
    });
  });
});

describe('what the documents of this device tell', () => {
  const data = (fieldname: string): DocField => ({ fieldname, fieldtype: 'Data' });
  const meta = (doctype: string, fields: string[]) => ({
    doctype: { name: doctype, modified: '', fields: fields.map(data), permissions: [] },
    children: [],
  });
  const rowOf = (doc: Doc, more: Partial<DocumentRow> = {}): DocumentRow => ({
    ...toRow(doc, { doctype: undefined, origin: 'profile', keptAt: 1 }),
    ...more,
  });

  test('is read of those that name the document in the right field, as the server has them', async () => {
    const { cache } = testCache();
    await cache.doctypes.put({ name: 'Bin', bundle: meta('Bin', fieldsOf(stockPreset())), keptAt: 1 });
    await cache.documents.bulkPut([
      rowOf(bin('Stores', 10)),
      rowOf(bin('Van', 99), { base: encodeBody(bin('Van', 5)), mark: 'waiting' }),
      rowOf(bin('BOLT', 7, 0, { item_code: 'NUT' })),
    ]);
    const insight = await insightHere(cache, { doctype: 'Item', name: 'BOLT', today: '2026-06-15' });
    expect(insight).toMatchObject({
      kind: 'stock',
      stock: {
        places: [
          { place: 'Stores', actual: 10 },
          { place: 'Van', actual: 5 },
        ],
      },
    });
  });

  test('takes the currency of the company where an invoice names none', async () => {
    const { cache } = testCache();
    await cache.doctypes.put({ name: 'Sales Invoice', bundle: meta('Sales Invoice', fieldsOf(openPreset())), keptAt: 1 });
    await cache.documents.bulkPut([
      rowOf(invoice('1', 5, { party_account_currency: '' })),
      rowOf({ doctype: 'Company', name: 'Alder', default_currency: 'CHF' }),
    ]);
    const insight = await insightHere(cache, { doctype: 'Customer', name: 'Acme', today: '2026-06-15' });
    expect(insight).toMatchObject({ kind: 'open', sums: [{ currency: 'CHF', total: 5 }] });
  });

  test('is nothing where the site has no such fields, or nothing is told of the DocType', async () => {
    const { cache } = testCache();
    expect(await insightHere(cache, { doctype: 'Item', name: 'BOLT', today: '' })).toBeNull();
    await cache.doctypes.put({ name: 'Bin', bundle: meta('Bin', ['item_code', 'colour']), keptAt: 1 });
    expect(await insightHere(cache, { doctype: 'Item', name: 'BOLT', today: '' })).toBeNull();
    expect(await insightHere(cache, { doctype: 'Warehouse', name: 'Stores', today: '' })).toBeNull();
    expect(fits(stockPreset(), { fields: fieldsOf(stockPreset()).map(data) })).toBe(true);
  });
});
