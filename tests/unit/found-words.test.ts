import { expect, test } from 'vitest';
import type { Comparison } from '@shared/sync/sync-state';
import { comparisonsMade, foundParts } from '../../renderer/views/sync/found-words';

const comparison = (changes: Partial<Comparison['found']> = {}, requests = 1): Comparison => ({
  at: 1,
  requests,
  names: 5,
  found: { fetched: 0, silent: 0, renamed: 0, gone: 0, ...changes },
});

test('a comparison tells only what it found', () => {
  expect(foundParts(comparison({ gone: 2, fetched: 3 }))).toEqual([
    { kind: 'fetched', n: 3 },
    { kind: 'gone', n: 2 },
  ]);
  expect(foundParts(comparison())).toEqual([]);
});

test('comparisons are told by name, those for which nothing was asked are not', () => {
  const made = comparisonsMade({ Item: comparison(), Bin: comparison({}, 0), Customer: comparison() });
  expect(made.map(({ doctype }) => doctype)).toEqual(['Customer', 'Item']);
});
