import { describe, expect, it } from 'vitest';
import { rowsOf } from '@shared/erp/document';
import type { Doc } from '@shared/erp/document';
import { mergeDocuments } from '@shared/sync/merge';
import { resolveClashes } from '@shared/sync/resolve-clashes';

const doc = (names: string, docstatus = 0): Doc => ({
  doctype: 'Sales Order',
  name: 'SO-1',
  docstatus,
  items: Array.from(names).map((name, position) => ({ name, idx: position + 1, item_code: name })),
});

const order = (merged: Doc): string =>
  rowsOf(merged, 'items')
    .map(({ name }) => name)
    .join('');

const path = { fieldname: 'items' };

describe('rows that were moved', () => {
  it('here are a clash where the document was submitted there, and nothing is sent before a person chose', () => {
    const versions = { base: doc('abc'), mine: doc('cab'), theirs: doc('abc', 1) };
    const merged = mergeDocuments(versions);
    expect(merged.clashes).toEqual([{ path, base: '1, 2, 3', mine: '3, 1, 2', theirs: '1, 2, 3', row: 'order' }]);
    expect(merged.changes).toEqual({ fields: {}, tables: {} });
    expect(order(resolveClashes(versions, [{ path, take: 'mine' }]).doc)).toBe('cab');
    expect(order(resolveClashes(versions, [{ path, take: 'theirs' }]).doc)).toBe('abc');
  });

  it('on both sides, and differently, are a clash about their order', () => {
    const versions = { base: doc('abc'), mine: doc('cab'), theirs: doc('bac') };
    const merged = mergeDocuments(versions);
    expect(merged.clashes).toEqual([{ path, base: '1, 2, 3', mine: '3, 1, 2', theirs: '2, 1, 3', row: 'order' }]);
    expect(order(merged.doc)).toBe('bac');
    const mine = resolveClashes(versions, [{ path, take: 'mine' }]);
    expect(order(mine.doc)).toBe('cab');
    expect(mine.changes.tables['items']?.order).toEqual(['c', 'a', 'b']);
    expect(resolveClashes(versions, [{ path, take: 'theirs' }]).changes).toEqual({ fields: {}, tables: {} });
  });

  it.each([
    ['here alone', 'cab', 'abc', 'cab'],
    ['there alone', 'abc', 'bac', 'bac'],
    ['on both sides alike', 'cab', 'cab', 'cab'],
    ['here, where one was added there', 'cab', 'abcd', 'cabd'],
    ['there, where one was removed here', 'ac', 'cba', 'ca'],
  ])('%s are no clash', (_, mine, theirs, merged) => {
    const result = mergeDocuments({ base: doc('abc'), mine: doc(mine), theirs: doc(theirs) });
    expect(result.clashes).toEqual([]);
    expect(Array.from(order(result.doc)).sort()).toEqual(Array.from(merged).sort());
    expect(
      Array.from(order(result.doc))
        .filter((name) => 'abc'.includes(name))
        .join(''),
    ).toBe(
      Array.from(merged)
        .filter((name) => 'abc'.includes(name))
        .join(''),
    );
  });
});
