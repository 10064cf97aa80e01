import { expect, it } from 'vitest';
import type { DocTypeBundle } from '@shared/erp/doctype';
import type { Doc } from '@shared/erp/document';
import { attachCells } from '@shared/sync/attach-cells';

const url = '/private/files/plan.txt';
const bundle: DocTypeBundle = {
  doctype: {
    name: 'Visit',
    modified: '',
    permissions: [],
    fields: [
      { fieldname: 'plan', fieldtype: 'Attach' },
      { fieldname: 'photo', fieldtype: 'Attach Image', allow_on_submit: 1 },
      { fieldname: 'note', fieldtype: 'Data' },
      { fieldname: 'rows', fieldtype: 'Table', options: 'Visit Row' },
    ],
  },
  children: [
    {
      name: 'Visit Row',
      modified: '',
      permissions: [],
      fields: [{ fieldname: 'proof', fieldtype: 'Attach', label: 'Proof', reqd: 1, allow_on_submit: 1 }],
    },
  ],
};
const visit = (values: Partial<Doc>): Doc => ({ doctype: 'Visit', name: 'V-1', ...values });

it('fields that hold the address are found in the document and its rows, and no others', () => {
  const rows = [
    { name: 'r1', proof: '/files/else.txt' },
    { name: 'r2', proof: url },
  ];
  const { cells, required } = attachCells(visit({ plan: url, photo: '/files/else.txt', note: url, rows }), bundle, url);
  expect(cells).toEqual([{ fieldname: 'plan' }, { table: 'rows', row: 'r2', fieldname: 'proof' }]);
  expect(required?.label).toBe('Proof');
});

it('of a submitted document only those count that may change then', () => {
  expect(attachCells(visit({ docstatus: 1, plan: url, photo: url }), bundle, url)).toEqual({
    cells: [{ fieldname: 'photo' }],
    required: null,
  });
});
