import { describe, expect, test } from 'vitest';
import type { DocField } from '@shared/erp/docfield';
import type { DocType } from '@shared/erp/doctype';
import { calledBy, namingFields } from '@shared/form/naming-fields';
import { toRow } from '../../renderer/cache/document-row';
import { cut, likenessTo, sameName } from '../../renderer/search/alike';
import { testCache } from '../support/cache';
import { searchOf } from '../support/search';

const like = (typed: string, other: string, kind: 'company' | 'other' = 'company'): number =>
  likenessTo(cut(typed, kind))(cut(other, kind));

describe('two names are one', () => {
  test.each([
    ['müller bau', 'Müller Bau GmbH'],
    ['Mueller Bau GmbH', 'Müller Bau'],
    ['Muller Bau G.m.b.H.', 'MÜLLER BAU, GmbH & Co. KG'],
    ["O'Brien Ltd", 'Obrien Limited'],
    ['Smith and Co. Inc.', 'Smith, Inc'],
    ['Strasser', 'Straßer'],
    ['Mc Donald', 'McDonald'],
    ['Société Générale S.A.', 'societe generale'],
    ['Łódź Tools', 'Lodz-Tools'],
  ])('%s and %s', (typed, other) => {
    expect(like(typed, other)).toBe(sameName);
  });

  test('but not where a legal form is all there is, stands elsewhere, or means something else', () => {
    expect(like('Company', 'Limited')).toBe(0);
    expect(like('Limited Edition', 'Edition')).toBeLessThan(sameName);
    expect(like('Cable SE', 'Cable SA', 'other')).toBeLessThan(sameName);
  });
});

describe('two names are alike', () => {
  test.each([
    ['Müll', 'Müller Bau GmbH'],
    ['Schmitd Werkzeuge', 'Schmidt Werkzeuge AG'],
    ['Bau Müller', 'Müller Bau GmbH'],
    ['Müller Bau Berlin', 'Müller'],
  ])('%s and %s', (typed, other) => {
    expect(like(typed, other)).toBeGreaterThan(0);
    expect(like(typed, other)).toBeLessThan(sameName);
  });

  test.each([
    ['Mü', 'Müller'],
    ['Müller Bau', 'Müller Werkzeuge'],
    ['Schmidt', 'Schneider'],
    ['B2024-0011', 'B2024-0012'],
    ['', 'Müller'],
  ])('%s and %s are not', (typed, other) => {
    expect(like(typed, other)).toBe(0);
  });

  test('the more of both agrees, the more they are', () => {
    expect(like('Müller Bau Berlin', 'Müller Bau Hamburg Berlin')).toBeGreaterThan(like('Müller Bau Berlin', 'Müller'));
    expect(like('Müller', 'Müller Bau')).toBeGreaterThan(like('Mülle', 'Müller Bau'));
  });
});

const data = (fieldname: string, more: Partial<DocField> = {}): DocField => ({ fieldname, fieldtype: 'Data', ...more });
const meta = (name: string, fields: DocField[], more: Partial<DocType> = {}): DocType => ({
  name,
  modified: '',
  fields,
  permissions: [],
  ...more,
});
const names = (doctype: DocType): string[][] => namingFields(doctype).map((fields) => fields.map(({ fieldname }) => fieldname));

describe('what a new document is called by', () => {
  test('its title, then what its name follows from', () => {
    const item = meta('Item', [data('item_code'), data('item_name')], { title_field: 'item_name', autoname: 'field:item_code' });
    expect(names(item)).toEqual([['item_name'], ['item_code']]);
    const choices = namingFields(item);
    expect(calledBy(choices, {})).toBeNull();
    expect(calledBy(choices, { item_code: 'Bolt' })).toEqual({ fieldname: 'item_code', text: 'Bolt' });
    expect(calledBy(choices, { item_code: 'B-1', item_name: ' Bolt ' })).toEqual({ fieldname: 'item_name', text: 'Bolt' });
  });

  test('a title that is put together of several fields: once there are two of them', () => {
    const contact = meta('Contact', [data('first_name'), data('middle_name'), data('last_name'), data('full_name', { read_only: 1 })]);
    const choices = namingFields(contact);
    expect(calledBy(choices, { first_name: 'Ada' })).toBeNull();
    expect(calledBy(choices, { first_name: 'Ada', last_name: 'Byron' })).toEqual({ fieldname: 'last_name', text: 'Ada Byron' });
  });

  test('nothing of transactions, nor a title that is not typed', () => {
    expect(names(meta('Sales Order', [data('title')], { title_field: 'title', is_submittable: 1 }))).toEqual([]);
    expect(names(meta('Item Price', [data('item_name', { read_only: 1 })], { title_field: 'item_name' }))).toEqual([]);
  });
});

test('documents of this device that are called alike are found, those of the same name first', async () => {
  const { cache } = testCache();
  const customer = meta('Customer', [data('customer_name')], { title_field: 'customer_name' });
  await cache.doctypes.put({ name: 'Customer', bundle: { doctype: customer, children: [] }, keptAt: 1 });
  const put = (doctype: string, name: string, title = name) =>
    cache.documents.put(
      toRow({ doctype, name, customer_name: title, modified: name }, { doctype: customer, origin: 'profile', keptAt: 1 }),
    );
  for (const name of ['Müllerei Bauer GmbH', 'Schmidt AG', 'Müller Bauten KG', 'Muller Bau Ltd.']) await put('Customer', name);
  await put('Customer', 'CUST-9', 'Müller-Bau');
  await put('Supplier', 'Müller Bau');

  const search = searchOf(cache);
  const { found, total } = await search.alike({ doctype: 'Customer', text: 'Mueller Bau GmbH', limit: 3 });
  expect(total).toBe(4);
  expect(found.map(({ title, same }) => [title, same])).toEqual([
    ['Muller Bau Ltd.', true],
    ['Müller-Bau', true],
    ['Müller Bauten KG', false],
  ]);
  expect(await search.alike({ doctype: 'Customer', text: 'Xy', limit: 3 })).toEqual({ found: [], total: 0 });
});
