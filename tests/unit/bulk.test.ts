import { expect, it } from 'vitest';
import type { Workflow } from '@shared/erp/doctype';
import { maySubmitMany, takes } from '../../renderer/views/list/use-bulk';
import { metaOf, session } from '../support/form-fixtures';

const doc = (docstatus?: number) => ({ doctype: 'Sales Order', name: 'SO-1', ...(docstatus === undefined ? {} : { docstatus }) });
const order = metaOf('Sales Order');
const workflow: Workflow = { name: 'Approval', state_field: 'workflow_state', states: [], transitions: [] };

it('only drafts are submitted', () => {
  expect([doc(), doc(0), doc(1), doc(2), undefined].map((each) => takes('submit', each))).toEqual([true, true, false, false, false]);
});

it('a submitted document is not deleted, and one that is gone is told as such', () => {
  expect([doc(), doc(0), doc(1), doc(2), undefined].map((each) => takes('delete', each))).toEqual([true, true, false, true, true]);
});

it('under a workflow nothing is submitted from the list: its steps do that', () => {
  expect(maySubmitMany(order, session)).toBe(true);
  expect(maySubmitMany(order, { ...session, roles: [] })).toBe(false);
  expect(maySubmitMany({ ...order, workflow }, session)).toBe(false);
  expect(takes('submit', doc(0), { ...order, workflow })).toBe(false);
  expect(takes('delete', doc(0), { ...order, workflow })).toBe(true);
});
