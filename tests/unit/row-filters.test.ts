import { beforeEach, describe, expect, it } from 'vitest';
import type { DocTypeBundle } from '@shared/erp/doctype';
import type { ChildRow, Doc } from '@shared/erp/document';
import type { AnyFilter } from '@shared/erp/filters';
import { asAsked, plainFilters } from '@shared/erp/list-filter';
import type { ListFilter } from '@shared/erp/list-filter';
import { serverList } from '@shared/erp/server-list';
import { createDemoSite } from '../../electron/demo/site';
import { toRow } from '../../renderer/cache/document-row';
import { countGroups, matchingNames } from '../../renderer/cache/list';
import { rowFieldsOf } from '../../renderer/views/list/list-columns';
import { testCache } from '../support/cache';
import type { TestCache } from '../support/cache';
import { demoClient } from '../support/demo-client';
import { bundleOf } from '../support/form-fixtures';

const customers: DocTypeBundle = bundleOf('Customer');
const team = (name: string, ...people: [string, number][]): ChildRow[] =>
  people.map(([person, share], index) => ({ name: `${name}-${index}`, sales_person: person, allocated_percentage: share }));
const known: [name: string, group: string, rows: ChildRow[]][] = [
  ['Adler', 'Trade', team('Adler', ['Ann', 50], ['Bob', 50])],
  ['Birke', 'Trade', team('Birke', ['Ann', 100])],
  ['Celik', 'Public', team('Celik', ['Bob', 20], ['Cem', 80])],
  ['Dubois', 'Public', []],
];

/** What is asked and who is found, on the device and by the server alike. */
const questions: [AnyFilter[], string[]][] = [
  [[['Sales Team', 'sales_person', '=', 'Ann']], ['Adler', 'Birke']],
  [[['Sales Team', 'sales_person', 'like', '%b%']], ['Adler', 'Celik']],
  // Another row is asked for, not that there is none of this kind.
  [[['Sales Team', 'sales_person', '!=', 'Ann']], ['Adler', 'Celik', 'Dubois']],
  [[['Sales Team', 'sales_person', 'not in', ['Ann', 'Bob']]], ['Celik', 'Dubois']],
  [[['Sales Team', 'sales_person', 'is', 'not set']], ['Dubois']],
  [[['Sales Team', 'allocated_percentage', '<', 60]], ['Adler', 'Celik']],
  [[['Sales Team', 'allocated_percentage', '>=', 80]], ['Birke', 'Celik']],
  // One row must be both.
  [
    [
      ['Sales Team', 'sales_person', '=', 'Bob'],
      ['Sales Team', 'allocated_percentage', '>', 30],
    ],
    ['Adler'],
  ],
  [
    [
      ['customer_group', '=', 'Public'],
      ['Sales Team', 'sales_person', 'in', ['Ann', 'Bob']],
    ],
    ['Celik'],
  ],
];

describe('a list is filtered by what rows hold', () => {
  let test: TestCache;
  beforeEach(async () => {
    test = testCache();
    await test.cache.doctypes.put({ name: 'Customer', bundle: customers, keptAt: 1 });
    const doc = ([name, customer_group, sales_team]: (typeof known)[number]): Doc => ({
      doctype: 'Customer',
      name,
      customer_group,
      sales_team,
    });
    await test.cache.documents.bulkPut(known.map((each) => toRow(doc(each), { doctype: customers.doctype, origin: 'profile', keptAt: 1 })));
  });

  it.each(questions)('on this device: %j', async (filters, names) => {
    expect(await matchingNames(test.cache, { doctype: 'Customer', filters, sort: { fieldname: 'name', order: 'asc' } })).toEqual(names);
  });

  it('and its states are counted among those', async () => {
    const filters: AnyFilter[] = [['Sales Team', 'sales_person', '=', 'Ann']];
    const question = { doctype: 'Customer', filters, sort: { fieldname: 'name', order: 'asc' as const } };
    expect(await countGroups(test.cache, question, 'customer_group')).toEqual([{ value: 'Trade', count: 2 }]);
  });

  it.each(questions)('on the server, each document once: %j', async (filters, names) => {
    const site = createDemoSite({ company: 'none' });
    const at = { owner: 'Administrator', creation: '2026-01-01 00:00:00.000000', docstatus: 0 };
    const rows = ([name, , sales_team]: (typeof known)[number]) => sales_team.map((row) => ({ ...row, parent: name }));
    site.load(
      known.map((each, index) => ({
        ...{ ...at, doctype: 'Customer', name: each[0], modified: `2026-01-0${9 - index} 00:00:00.000000` },
        ...{ customer_group: each[1], sales_team: rows(each) },
      })),
    );
    const { fields, orderBy, groupBy, filters: asked } = serverList('Customer', customers.doctype, { filters, search: '' });
    const { body } = await demoClient(site, 'Administrator').list('Customer', {
      fields,
      filters: asked,
      order_by: orderBy,
      group_by: groupBy,
    });
    expect(body['data']).toMatchObject(names.map((name) => ({ name })));
  });
});

describe('what can be asked of rows', () => {
  it('is the fields of each child DocType, under its table', () => {
    const [first] = rowFieldsOf(bundleOf('Sales Order'));
    expect(first).toMatchObject({ child: 'Sales Order Item', label: 'Items' });
    expect(first?.fields.map(({ fieldname }) => fieldname)).toContain('item_code');
    const labels = rowFieldsOf(bundleOf('Sales Order')).map(({ label }) => label);
    expect(new Set(labels).size).toBe(labels.length);
  });

  it('can be a period, and is no part of what is downloaded', () => {
    const filters: ListFilter[] = [
      ['Sales Order Item', 'delivery_date', 'timespan', 'last month'],
      ['status', '=', 'Draft'],
    ];
    expect(asAsked(filters, { date: '2026-03-31', weekStart: 'Sunday' })).toEqual([
      ['Sales Order Item', 'delivery_date', 'between', ['2026-02-01', '2026-02-28']],
      ['status', '=', 'Draft'],
    ]);
    expect(plainFilters(filters)).toEqual([['status', '=', 'Draft']]);
  });
});
