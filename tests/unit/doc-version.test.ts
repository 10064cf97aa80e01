import { describe, expect, it } from 'vitest';
import { parseVersion } from '@shared/erp/doc-version';
import type { DocType } from '@shared/erp/doctype';
import { rightsOf } from '@shared/erp/permissions';
import { versionLines } from '@shared/form/version-lines';
import { docInfo } from '../../electron/erp/docinfo';
import recorded from '../contract/recordings/docinfo.json';

const written = (data: unknown) => ({
  name: 'v1',
  owner: 'office@example.com',
  creation: '2026-11-24 10:00:00.000000',
  data: JSON.stringify(data),
});

const child: DocType = {
  name: 'Order Row',
  modified: '',
  permissions: [],
  fields: [
    { fieldname: 'qty', fieldtype: 'Float', label: 'Quantity' },
    { fieldname: 'cost', fieldtype: 'Currency', label: 'Cost', permlevel: 1 },
  ],
};
const doctype: DocType = {
  name: 'Order',
  modified: '',
  permissions: [{ role: 'Sales User', read: 1 }],
  fields: [
    { fieldname: 'website', fieldtype: 'Data', label: 'Website' },
    { fieldname: 'margin', fieldtype: 'Percent', label: 'Margin', permlevel: 1 },
    { fieldname: 'secret', fieldtype: 'Data', label: 'Secret', hidden: 1 },
    { fieldname: 'items', fieldtype: 'Table', label: 'Items', options: child.name },
  ],
};
const bundle = { doctype, children: [child] };
const rights = rightsOf(doctype, { user: 'field@example.com', roles: ['Sales User'] }, undefined);

const lines = (data: unknown) => {
  const version = parseVersion(written(data));
  return version === null ? null : versionLines(version, bundle, rights);
};

it('what a real server tells of a changed field is read', () => {
  const answers = recorded.steps.map(({ response }) => response.body as { docinfo?: { versions?: unknown[] } });
  const told = answers.find(({ docinfo }) => (docinfo?.versions ?? []).length > 0);
  expect(docInfo(told?.docinfo).versions).toEqual([
    {
      name: expect.any(String) as string,
      owner: 'field@example.com',
      creation: expect.stringMatching(/^\d{4}-\d\d-\d\d /) as string,
      fields: [{ fieldname: 'website', from: '', to: 'info.example' }],
      rows: [],
    },
  ]);
});

describe('what a version changed', () => {
  it('is told by labels, rows counted from 1, and a docstatus as what was done', () => {
    expect(
      lines({
        changed: [
          ['website', null, 'info.example'],
          ['docstatus', 0, 1],
        ],
        added: [['items', { idx: 3, qty: 1 }]],
        removed: [['items', { qty: 1 }]],
        row_changed: [['items', 1, 'r2', [['qty', '1.0', '2.0']]]],
      }),
    ).toEqual([
      { kind: 'field', label: 'Website', from: '', to: 'info.example' },
      { kind: 'docstatus', docstatus: 1 },
      { kind: 'added', table: 'Items', idx: 3 },
      { kind: 'removed', table: 'Items', idx: null },
      { kind: 'row-field', table: 'Items', idx: 2, label: 'Quantity', from: '1.0', to: '2.0' },
    ]);
  });

  it('leaves out what the person may not read, what is hidden, and what the DocType has no more', () => {
    expect(
      lines({
        changed: [
          ['margin', '1', '2'],
          ['secret', 'a', 'b'],
          ['gone', 'a', 'b'],
        ],
        row_changed: [['items', 0, 'r1', [['cost', '1', '2']]]],
        added: [['gone_table', {}]],
      }),
    ).toEqual([]);
  });

  it('is words alone, without tags, and cut where it is long', () => {
    const told = lines({ changed: [['website', '<p>one<script>alert(1)</script></p>', 'x'.repeat(10_000)]] });
    expect(told).toEqual([{ kind: 'field', label: 'Website', from: 'one', to: `${'x'.repeat(300)} …` }]);
  });

  it.each([
    ['no JSON'],
    [''],
    [null],
    [JSON.stringify({})],
    [JSON.stringify([1])],
    [JSON.stringify({ changed: 'x', added: [[1]], row_changed: [['items']] })],
  ])('that cannot be read is left out: %j', (data) => {
    expect(parseVersion({ name: 'v', data })).toBeNull();
    expect(docInfo({ versions: [{ name: 'v', data }] }).versions).toEqual([]);
  });
});
