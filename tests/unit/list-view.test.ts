import { describe, expect, test } from 'vitest';
import type { DocField } from '@shared/erp/docfield';
import type { DocType } from '@shared/erp/doctype';
import { toCsv } from '../../renderer/views/list/csv';
import { csvOf } from '../../renderer/views/list/export-list';
import { filterOf, operatorKey, operatorsFor } from '../../renderer/views/list/filter-words';
import { fittingColumns, leastWidth } from '../../renderer/views/list/fitting-columns';
import { chosenFieldnames, columnOf, listableFields } from '../../renderer/views/list/list-columns';

const field = (fieldname: string, fieldtype: string, more: Partial<DocField> = {}): DocField => ({
  fieldname,
  fieldtype,
  label: fieldname,
  ...more,
});
const order: DocType = {
  name: 'Sales Order',
  modified: '',
  title_field: 'customer_name',
  permissions: [],
  fields: [
    field('customer_name', 'Data', { in_list_view: 1 }),
    field('status', 'Select', { in_list_view: 1 }),
    field('delivery_date', 'Date', { in_list_view: 1 }),
    field('grand_total', 'Currency', { in_list_view: 1 }),
    field('secret', 'Data', { hidden: 1, in_list_view: 1 }),
    field('items', 'Table', { options: 'Row' }),
    field('terms', 'Text Editor'),
    field('break', 'Section Break'),
    field('po_no', 'Data'),
  ],
};

describe('the columns of a list', () => {
  test('are those the metadata marks, after the ID, without title and status', () => {
    expect(chosenFieldnames(order, null)).toEqual(['name', 'delivery_date', 'grand_total']);
  });
  test('are those the person chose, where they did', () => {
    expect(chosenFieldnames(order, ['po_no'])).toEqual(['po_no']);
    expect(chosenFieldnames(order, [])).toEqual([]);
  });
  test('can be any field that has one value worth a line', () => {
    expect(listableFields(order).map((one) => one.fieldname)).toEqual(['customer_name', 'status', 'delivery_date', 'grand_total', 'po_no']);
  });
  test('are as many as fit, from the first on', () => {
    const columns = [field('a', 'Data'), field('b', 'Date'), field('c', 'Currency')].map(columnOf);
    expect(fittingColumns(columns, leastWidth(columns, true), true)).toHaveLength(3);
    expect(fittingColumns(columns, leastWidth(columns, true) - 1, true).map((one) => one.field.fieldname)).toEqual(['a', 'b']);
    expect(fittingColumns(columns, 0, false)).toEqual([]);
  });
});

describe('a filter takes what was typed', () => {
  test.each([
    [field('a', 'Data'), 'like', 'grant', '', '%grant%'],
    [field('a', 'Data'), 'like', 'grant%', '', 'grant%'],
    [field('a', 'Currency'), '>', '12,5', '', 12.5],
    [field('a', 'Int'), '=', 'twelve', '', null],
    [field('a', 'Data'), 'in', ' a, b ,', '', ['a', 'b']],
    [field('a', 'Date'), 'between', '2026-01-01', '2026-02-01', ['2026-01-01', '2026-02-01']],
    [field('a', 'Date'), 'between', '2026-01-01', '', null],
    [field('a', 'Int'), 'between', '1', 'many', null],
    [field('a', 'Int'), 'in', '1, two', '', null],
    [field('a', 'Link'), 'is', 'not set', '', 'not set'],
    [field('a', 'Check'), '=', '0', '', 0],
    [field('a', 'Data'), '=', '   ', '', null],
    [field('a', 'Date'), 'timespan', 'last 30 days', '', 'last 30 days'],
    [field('a', 'Date'), 'timespan', '', '', null],
  ] as const)('%o %s %o', (one, operator, typed, second, value) => {
    expect(filterOf(one, operator, typed, second)).toEqual(value === null ? null : [one.fieldname, operator, value]);
  });
  test('with the conditions that make sense for its field', () => {
    expect(operatorsFor(field('a', 'Check'))).toEqual(['=']);
    expect(operatorsFor(field('a', 'Link'))).not.toContain('>');
    expect(operatorsFor(field('a', 'Date'))).toContain('between');
    expect(operatorKey(field('a', 'Date'), '>')).toBe('list.filters.dateOperators.>');
    expect(operatorKey(field('a', 'Float'), '>')).toBe('list.filters.operators.>');
  });
});

describe('an exported list', () => {
  test('quotes what a spreadsheet would misread and defuses formulas', () => {
    expect(toCsv([['a,b', 'say "hi"', '=HYPERLINK("x")', '-5', -5]])).toBe('\ufeff"a,b","say ""hi""","\'=HYPERLINK(""x"")",-5,-5\r\n');
  });
  test('never shows a temporary name', () => {
    const name = 'fb-new-0b0b0b0b-0000-4000-8000-000000000000';
    const row = {
      doc: { doctype: 'Sales Order', name, customer: name, grand_total: 5 },
      base: null,
      mark: 'waiting' as const,
      alias: 'New Sales Order 1 (this device)',
      keptAt: 0,
    };
    const csv = csvOf([row], [field('name', 'Data', { label: 'ID' }), field('customer', 'Link'), field('grand_total', 'Currency')]);
    expect(csv).toBe('\ufeffID,customer,grand_total\r\nNew Sales Order 1 (this device),,5\r\n');
  });
});
