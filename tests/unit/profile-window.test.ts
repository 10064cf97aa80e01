import { expect, test } from 'vitest';
import { profileFilters } from '@shared/sync/profile';

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
