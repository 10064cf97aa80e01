import { expect, it } from 'vitest';
import { takes } from '../../renderer/views/list/use-bulk';

const doc = (docstatus?: number) => ({ doctype: 'Sales Order', name: 'SO-1', ...(docstatus === undefined ? {} : { docstatus }) });

it('only drafts are submitted', () => {
  expect([doc(), doc(0), doc(1), doc(2), undefined].map((each) => takes('submit', each))).toEqual([true, true, false, false, false]);
});

it('a submitted document is not deleted, and one that is gone is told as such', () => {
  expect([doc(), doc(0), doc(1), doc(2), undefined].map((each) => takes('delete', each))).toEqual([true, true, false, true, true]);
});
