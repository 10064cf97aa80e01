import { describe, expect, it } from 'vitest';
import type { ListQuestion } from '../../renderer/cache/list';
import { countGroups, isIndexed, listDocuments, matchingNames } from '../../renderer/cache/list';
import { indexedNeighbours, neighboursAmong } from '../../renderer/cache/neighbours';
import { toRow } from '../../renderer/cache/document-row';
import { record } from '../../renderer/cache/record';
import { Lists } from '../../renderer/search/lists';
import { connectionsOf } from '../../renderer/search/connections';
import { testCache } from '../support/cache';

const item = (name: string, modified: string, values: Record<string, string | number> = {}) =>
  toRow({ doctype: 'Item', name, modified, ...values }, { doctype: undefined, origin: 'profile', keptAt: 1 });

const sorts: ListQuestion['sort'][] = (['name', 'modified', 'rate', 'group'] as const).flatMap((fieldname) => [
  { fieldname, order: 'asc' as const },
  { fieldname, order: 'desc' as const },
]);

async function items() {
  const test = testCache();
  // Three of one version, as an import leaves them, and two of the same rate.
  await test.cache.documents.bulkPut([
    item('A', '2026-01-02', { rate: 10, group: 'Lamp' }),
    item('B', '2026-01-01', { rate: 9, group: 'lamp' }),
    item('C', '2026-01-02', { rate: 10 }),
    item('D', '2026-01-02', { rate: 100, group: 'Élan' }),
    item('E', '2026-01-03', { rate: 2.5, group: 'Zinc' }),
  ]);
  await test.cache.documents.put(toRow({ doctype: 'Itemx', name: 'A' }, { doctype: undefined, origin: 'profile', keptAt: 1 }));
  return test;
}

describe('a list', () => {
  it.each([
    ['name', 'asc', 'ABCDE'],
    ['name', 'desc', 'EDCBA'],
    ['modified', 'asc', 'BACDE'],
    ['modified', 'desc', 'EDCAB'],
    ['rate', 'asc', 'EBCAD'],
    ['rate', 'desc', 'DCABE'],
    ['group', 'asc', 'CDABE'],
    ['group', 'desc', 'EABDC'],
  ] as const)('by %s, %s', async (fieldname, order, expected) => {
    const { cache } = await items();
    const question: ListQuestion = { doctype: 'Item', filters: [], sort: { fieldname, order } };
    const { rows, total } = await listDocuments(cache, { ...question, limit: 10 });
    expect(rows.map(({ doc }) => doc.name).join('')).toBe(expected);
    expect(total).toBe(5);
    // Whether an index answers or everything is read, the order is the same.
    expect((await matchingNames(cache, question)).join('')).toBe(expected);
  });

  it('leads from each document to those beside it, whichever way it is read, and leaves out what is being deleted', async () => {
    const test = await items();
    await record(test, { kind: 'delete', doctype: 'Item', name: 'C' });
    for (const sort of sorts) {
      const question: ListQuestion = { doctype: 'Item', filters: [], sort };
      const names = await matchingNames(test.cache, question);
      expect(names).toHaveLength(4);
      for (const name of names) {
        const known = neighboursAmong(names, name);
        const lists = new Lists(test.cache);
        expect(await lists.neighbours(question, name, 1)).toEqual(known);
        if (isIndexed(question)) expect(await indexedNeighbours(test.cache, question, name)).toEqual(known);
      }
      expect(neighboursAmong(names, 'nobody')).toEqual({ before: null, after: null });
    }
  });

  it('is counted by the values of a field, as far as its other conditions go', async () => {
    const test = await items();
    await record(test, { kind: 'delete', doctype: 'Item', name: 'A' });
    const question: ListQuestion = { doctype: 'Item', filters: [['rate', '>=', 9]], sort: { fieldname: 'name', order: 'asc' } };
    expect(await countGroups(test.cache, question, 'rate')).toEqual([
      { value: '10', count: 1 },
      { value: '100', count: 1 },
      { value: '9', count: 1 },
    ]);
    expect(await countGroups(test.cache, { ...question, filters: [] }, 'modified')).toEqual([
      { value: '2026-01-02', count: 2 },
      { value: '2026-01-01', count: 1 },
      { value: '2026-01-03', count: 1 },
    ]);
    expect(await countGroups(test.cache, { ...question, search: 'c' }, 'group')).toEqual([{ value: '', count: 1 }]);
  });

  it('is worked out once for a question, and again when the cache changed', async () => {
    const { cache } = await items();
    const lists = new Lists(cache);
    const query = { doctype: 'Item', filters: [], sort: { fieldname: 'rate', order: 'asc' as const }, limit: 2 };
    const page = async (offset: number, stamp: number) => {
      const { rows, total } = await lists.page({ ...query, offset }, stamp);
      return [rows.map(({ doc }) => doc.name).join(''), total];
    };
    expect(await page(0, 1)).toEqual(['EB', 5]);
    await cache.documents.put(item('F', '2026-01-04', { rate: 1 }));
    expect(await page(2, 1)).toEqual(['CA', 5]);
    expect(await page(0, 2)).toEqual(['FE', 6]);
  });
});

describe('connections', () => {
  it('are found by Link and Dynamic Link fields, of the document and of its rows', async () => {
    const { cache } = testCache();
    const link = (fieldname: string, options: string) => ({ fieldname, fieldtype: 'Link', options });
    const doctypes = [
      {
        doctype: {
          name: 'Order',
          modified: '',
          permissions: [],
          title_field: 'title',
          fields: [link('customer', 'Customer'), link('amended_from', 'Order')],
        },
        children: [],
      },
      {
        doctype: {
          name: 'Payment',
          modified: '',
          permissions: [],
          fields: [
            { fieldname: 'party', fieldtype: 'Dynamic Link', options: 'party_type' },
            { fieldname: 'rows', fieldtype: 'Table', options: 'Payment Row' },
          ],
        },
        children: [
          {
            name: 'Payment Row',
            istable: 1 as const,
            modified: '',
            permissions: [],
            fields: [{ fieldname: 'of', fieldtype: 'Dynamic Link', options: 'kind' }],
          },
        ],
      },
      {
        doctype: { name: 'Settings', modified: '', issingle: 1 as const, permissions: [], fields: [link('customer', 'Customer')] },
        children: [],
      },
    ];
    await cache.doctypes.bulkPut(doctypes.map((bundle) => ({ name: bundle.doctype.name, bundle, keptAt: 1 })));
    const put = (doc: Parameters<typeof toRow>[0]) =>
      cache.documents.put(
        toRow(doc, { doctype: doctypes.find((each) => each.doctype.name === doc.doctype)?.doctype, origin: 'profile', keptAt: 1 }),
      );
    for (let number = 0; number < 60; number += 1)
      await put({
        doctype: 'Order',
        name: `O-${number}`,
        modified: `2026-01-01 00:00:${number}`,
        customer: 'Acme',
        title: `Order ${number}`,
      });
    await put({ doctype: 'Order', name: 'other', customer: 'Acme Ltd', remarks: 'Acme' });
    await put({ doctype: 'Order', name: 'O-1-1', amended_from: 'O-1' });
    await put({ doctype: 'Settings', name: 'Settings', customer: 'Acme' });
    await put({ doctype: 'Payment', name: 'P-1', party_type: 'Customer', party: 'Acme' });
    await put({ doctype: 'Payment', name: 'P-2', party_type: 'Supplier', party: 'Acme' });
    await put({ doctype: 'Payment', name: 'P-3', rows: [{ name: 'r', kind: 'Order', of: 'O-1' }] });

    const found = await connectionsOf(cache, 'Customer', 'Acme');
    expect(found.map(({ doctype, total }) => [doctype, total])).toEqual([
      ['Order', 60],
      ['Payment', 1],
    ]);
    expect(found[0]?.newest[0]).toEqual({ name: 'O-9', title: 'Order 9' });
    expect((await connectionsOf(cache, 'Order', 'O-1')).map(({ doctype, newest }) => [doctype, newest.map(({ name }) => name)])).toEqual([
      ['Payment', ['P-3']],
    ]);
  });
});
