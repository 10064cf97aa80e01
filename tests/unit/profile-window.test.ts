import { expect, test } from 'vitest';
import { profileFilters, windowField } from '@shared/sync/profile';

test('a time window asks for what is not older than its days, beside the filters', () => {
  const filters = [['status', '=', 'Open']] satisfies [string, '=', string][];
  expect(profileFilters({ filters, window: { field: 'modified', days: 90 } }, '2026-03-01')).toEqual([
    ['status', '=', 'Open'],
    ['modified', '>=', '2025-12-01'],
  ]);
});

test('without a window only the filters are asked', () => {
  expect(profileFilters({ filters: [], window: null }, '2026-03-01')).toEqual([]);
  expect(profileFilters({ filters: [] }, '2026-03-01')).toEqual([]);
});

const dated = (...names: string[]) => ({ fields: names.map((fieldname) => ({ fieldname, fieldtype: 'Date' })) });

test('a window looks at the date of the document itself where there is one, otherwise at when it was changed', () => {
  expect(windowField(dated('delivery_date', 'transaction_date'))).toBe('transaction_date');
  expect(windowField(dated('due_date', 'posting_date'))).toBe('posting_date');
  expect(windowField(dated('posting_date', 'transaction_date'))).toBe('transaction_date');
  expect(windowField(dated('date_of_joining'))).toBe('modified');
});

test('a field that only bears the name of a date, or that the server does not store, is not looked at', () => {
  expect(windowField({ fields: [{ fieldname: 'posting_date', fieldtype: 'Data' }] })).toBe('modified');
  expect(windowField({ fields: [{ fieldname: 'posting_date', fieldtype: 'Date', is_virtual: 1 }] })).toBe('modified');
});
