import { expect, it } from 'vitest';
import { countedByDocType } from '@shared/sync/unsent-words';

it('counts changes by their DocType, the most first and otherwise by name', () => {
  expect(countedByDocType([])).toBe('');
  expect(countedByDocType(['Sales Order', 'Item', 'Customer', 'Sales Order'])).toBe('2 Sales Order, 1 Customer, 1 Item');
});
