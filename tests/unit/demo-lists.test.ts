import { beforeEach, expect, test } from 'vitest';
import { createDemoSite, type DemoSite } from '../../electron/demo/site';
import { demoClient } from '../support/demo-client';

let site: DemoSite;
let client: ReturnType<typeof demoClient>;

beforeEach(() => {
  site = createDemoSite({ now: () => Date.UTC(2026, 5, 1, 10), company: 'none' });
  client = demoClient(site, 'Administrator');
  const at = { owner: 'Administrator', creation: '2026-01-01 00:00:00.000000', modified: '2026-01-01 00:00:00.000000', docstatus: 0 };
  const customers = [
    ['Adler', 'Trade', 0],
    ['Birke', 'Trade', 10],
    ['Çelik', 'Public', 20],
    ['Dubois', 'Public', 30],
  ] as const;
  site.load(
    customers.map(([name, group, rate]) => ({
      ...{ ...at, doctype: 'Customer', name, customer_name: name, customer_group: group, default_commission_rate: rate },
      sales_team: ['Ann', 'Bob'].map((person, index) => ({ name: `${name}-${index}`, sales_person: person, parent: name })),
    })),
  );
});

const rows = async (query: { [name: string]: unknown }): Promise<unknown> => (await client.list('Customer', query)).body['data'];
const names = async (query: { [name: string]: unknown }): Promise<unknown[]> =>
  // The rows of a list without `fields` have a name.
  ((await rows({ order_by: 'name asc', ...query })) as { name: string }[]).map(({ name }) => name);

test('filters are taken as conditions, with or without the DocType, one alone, and as an object', async () => {
  const public_ = ['Dubois', 'Çelik'].sort();
  for (const filters of [
    [['customer_group', '=', 'Public']],
    [['Customer', 'customer_group', '=', 'Public']],
    ['customer_group', '=', 'Public'],
    [['customer_group', 'Public']],
    { customer_group: 'Public' },
    { customer_group: ['=', 'Public'] },
    [{ customer_group: 'Public' }],
  ])
    expect((await names({ filters })).sort(), JSON.stringify(filters)).toEqual(public_);
});

test.each([
  ['>', 10, ['Dubois', 'Çelik']],
  ['>=', 20, ['Dubois', 'Çelik']],
  ['<', 10, ['Adler']],
  ['<=', 10, ['Adler', 'Birke']],
  ['!=', 10, ['Adler', 'Dubois', 'Çelik']],
  ['in', [10, 30], ['Birke', 'Dubois']],
  ['not in', [10, 30], ['Adler', 'Çelik']],
  ['between', [10, 20], ['Birke', 'Çelik']],
])('the operator %s', async (operator, value, found) => {
  expect(new Set(await names({ filters: [['default_commission_rate', operator, value]] }))).toEqual(new Set(found));
});

test('text is compared without regard to case, and set tells empty fields', async () => {
  expect(await names({ filters: [['name', 'like', '%BI%']] })).toEqual(['Birke']);
  expect(await names({ filters: [['name', 'not like', '%i%']] })).toEqual(['Adler']);
  expect(await names({ filters: [['customer_name', 'is', 'set']], limit: 1 })).toEqual(['Adler']);
  expect(await names({ filters: [['website', 'is', 'set']] })).toEqual([]);
  expect(await names({ filters: [['website', 'is', 'not set']], limit: 1 })).toEqual(['Adler']);
});

test('of or_filters one is enough, beside all of the filters', async () => {
  const orFilters = [
    ['name', '=', 'Adler'],
    ['name', '=', 'Dubois'],
  ];
  expect(await names({ or_filters: orFilters })).toEqual(['Adler', 'Dubois']);
  expect(await names({ filters: { customer_group: 'Public' }, or_filters: orFilters })).toEqual(['Dubois']);
});

test('order_by takes several columns, and pages go by each of their names', async () => {
  const order_by = 'customer_group desc, default_commission_rate asc';
  const ordered = ['Adler', 'Birke', 'Çelik', 'Dubois'];
  expect(await names({ order_by })).toEqual(ordered);
  expect(await names({ order_by, limit_start: 1, limit_page_length: 2 })).toEqual(ordered.slice(1, 3));
  expect(await names({ order_by, start: 3, limit: 5 })).toEqual(ordered.slice(3));
  expect(await names({ order_by, limit_page_length: 0 })).toEqual(ordered);
});

test('a star gives every column and no child table; as_dict=0 gives arrays', async () => {
  const [first] = (await rows({ fields: ['*'], filters: { name: 'Birke' } })) as [{ [fieldname: string]: unknown }];
  expect(first).toMatchObject({ name: 'Birke', customer_group: 'Trade', default_commission_rate: 10, docstatus: 0 });
  expect(first).not.toHaveProperty('sales_team');
  const fields = ['name', 'default_commission_rate'];
  expect(await rows({ fields, filters: { name: 'Birke' }, as_dict: 0 })).toEqual([['Birke', 10]]);
});

test('child fields flatten the join, in fields as in filters', async () => {
  const fields = ['name', 'sales_team.sales_person as who'];
  expect(await rows({ fields, filters: { name: 'Adler' } })).toEqual([
    { name: 'Adler', who: 'Ann' },
    { name: 'Adler', who: 'Bob' },
  ]);
  const filters = [
    ['Sales Team', 'sales_person', '=', 'Bob'],
    ['name', '=', 'Adler'],
  ];
  expect(await rows({ fields, filters })).toEqual([{ name: 'Adler', who: 'Bob' }]);
});
