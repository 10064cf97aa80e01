import { rowsOf } from '@shared/erp/document';
import { expect, test } from 'vitest';
import { checkLinks, checkMandatory, checkValues } from '../../electron/demo/engine/checks';
import { createDemoSite } from '../../electron/demo/site';
import { demoClient } from '../support/demo-client';

const now = () => Date.UTC(2026, 5, 1, 10);
const common = [
  'Customer',
  'Item',
  'Sales Order',
  'Purchase Order',
  'Sales Invoice',
  'Purchase Invoice',
  'Delivery Note',
  'Stock Entry',
  'Payment Entry',
  'Journal Entry',
];

test('the same seed makes the same company, another seed another', () => {
  const names = (seed: number): string =>
    JSON.stringify(common.map((doctype) => createDemoSite({ now, seed, scale: 20 }).documents(doctype)));
  expect(names(3)).toBe(names(3));
  expect(names(3)).not.toBe(names(4));
});

test('the company has hundreds of everything that is common, and as many orders as asked for', () => {
  const site = createDemoSite({ now });
  for (const doctype of [
    'Customer',
    'Item',
    'Sales Order',
    'Sales Invoice',
    'Delivery Note',
    'Payment Entry',
    'Address',
    'Contact',
    'Item Price',
    'Bin',
  ])
    expect([doctype, site.documents(doctype).length >= 200]).toEqual([doctype, true]);
  for (const doctype of [...common, 'Supplier']) expect([doctype, site.documents(doctype).length >= 40]).toEqual([doctype, true]);
  expect(createDemoSite({ now, scale: 1234 }).documents('Sales Order')).toHaveLength(1234);
});

test('every generated document would pass the checks of a save', () => {
  const site = createDemoSite({ now, scale: 60 });
  const context = { ...site.engine, user: 'Administrator', roles: new Set<string>(), messages: [] };
  for (const meta of site.engine.metadata.all())
    for (const doc of meta.istable || meta.issingle ? [] : site.documents(meta.name)) {
      // The server lets the root of a tree be without the parent that every other needs.
      if (doc['is_group']) continue;
      const copy = { ...doc };
      for (const { fieldname } of meta.tables) copy[fieldname] = rowsOf(doc, fieldname).map((row) => ({ ...row }));
      expect(() => {
        checkLinks(context, meta, copy);
        checkMandatory(context, meta, copy);
        checkValues(context, meta, copy);
      }, `${meta.name} ${doc.name}`).not.toThrow();
    }
});

test('drafts and masters of the company can be saved as they are', () => {
  const site = createDemoSite({ now, scale: 60 });
  for (const doctype of [...common, 'Supplier', 'Address', 'Contact', 'Item Price'])
    for (const doc of site
      .documents(doctype)
      .filter(({ docstatus }) => docstatus === 0)
      .slice(0, 10))
      expect(() => site.as('Administrator').update(doctype, doc.name, {}), `${doctype} ${doc.name}`).not.toThrow();
});

test('whatever the day and the seed, some orders and invoices are still drafts', () => {
  for (const seed of [1, 2, 7])
    for (let day = 0; day < 7; day += 1) {
      const site = createDemoSite({ now: () => now() + day * 86_400_000, seed, scale: 30 });
      for (const doctype of ['Sales Order', 'Purchase Order', 'Sales Invoice']) {
        const drafts = site.documents(doctype).filter(({ docstatus }) => docstatus === 0);
        expect([doctype, drafts.length >= 2, drafts.every(({ status }) => status === 'Draft')]).toEqual([doctype, true, true]);
      }
    }
});

// The scale at which it stopped growing; beside other work that takes its time.
test('what follows orders grows with them also in a large company', { timeout: 120_000 }, () => {
  const count = (scale: number): number => createDemoSite({ now, scale }).documents('Delivery Note').length;
  expect(count(9000)).toBeGreaterThan(count(6000));
});

test('a Bin tells what open orders promise of it and bring to it', () => {
  const site = createDemoSite({ now, scale: 60 });
  const open = (doctype: string, item: unknown, done: string): number =>
    site
      .documents(doctype)
      .filter(({ docstatus }) => docstatus === 1)
      .flatMap((order) => rowsOf(order, 'items').filter((row) => row['item_code'] === item))
      .reduce((sum, row) => sum + Number(row['qty']) - Number(row[done] ?? 0), 0);
  const bins = site.documents('Bin').filter((bin) => bin['warehouse'] === 'Stores - AF');
  expect(bins.some((bin) => Number(bin['reserved_qty']) > 0)).toBe(true);
  for (const bin of bins) {
    const [reserved, ordered] = [
      open('Sales Order', bin['item_code'], 'delivered_qty'),
      open('Purchase Order', bin['item_code'], 'received_qty'),
    ];
    expect([Number(bin['reserved_qty'] ?? 0), Number(bin['ordered_qty'] ?? 0), bin['projected_qty']]).toEqual([
      reserved,
      ordered,
      Number(bin['actual_qty']) - reserved + ordered,
    ]);
  }
});

test('documents are dated before now, and modified values are all different', () => {
  const site = createDemoSite({ now, scale: 60 });
  for (const doctype of common) {
    const stamps = site.documents(doctype).map(({ modified }) => String(modified));
    expect(new Set(stamps).size).toBe(stamps.length);
    expect(stamps.every((stamp) => stamp < '2026-06-01 12:00:01')).toBe(true);
  }
});

test('pages by modified and name give every order once', async () => {
  const site = createDemoSite({ now, scale: 300 });
  const client = demoClient(site);
  const seen: string[] = [];
  for (let start = 0; ; start += 70) {
    const { body } = await client.list('Sales Order', {
      order_by: 'modified asc, name asc',
      limit_start: String(start),
      limit_page_length: '70',
    });
    // The rows of a list have the fields asked for, `name` by default.
    const rows = body['data'] as { name: string }[];
    seen.push(...rows.map(({ name }) => name));
    if (rows.length < 70) break;
  }
  expect(seen).toEqual(site.documents('Sales Order').map(({ name }) => name));
});
