import { describe, expect, it } from 'vitest';
import type { DocField } from '@shared/erp/docfield';
import type { DocTypeBundle } from '@shared/erp/doctype';
import type { Doc } from '@shared/erp/document';
import { rightsOf } from '@shared/erp/permissions';
import { changedElsewhere } from '@shared/form/changed-elsewhere';
import { initialsOf } from '@shared/format/initials';

const data = (fieldname: string, over: Partial<DocField> = {}): DocField => ({ fieldname, fieldtype: 'Data', label: fieldname, ...over });
const permissions = [{ role: 'All', read: 1 as const, write: 1 as const }];
const about = { module: 'Core', modified: '', sort_field: 'modified', sort_order: 'DESC' };
const bundle: DocTypeBundle = {
  doctype: {
    ...{ ...about, name: 'Visit', permissions },
    fields: [
      data('subject'),
      data('secret', { hidden: 1 }),
      data('salary', { permlevel: 1 }),
      { fieldname: 'rows', fieldtype: 'Table', options: 'Visit Row', label: 'rows' },
    ],
  },
  children: [{ ...about, name: 'Visit Row', istable: 1, permissions: [], fields: [data('qty')] }],
};
const rights = rightsOf(bundle.doctype, { user: 'me', roles: ['All'] }, undefined);
const version = (minute: number, values: Record<string, unknown>, by = 'otto'): Doc => ({
  doctype: 'Visit',
  name: 'V1',
  modified: `2026-01-01 10:0${minute}:00.000000`,
  modified_by: by,
  docstatus: 0,
  ...values,
});
const told = (seen: Doc, now: Doc) => changedElsewhere(seen, now, { user: 'me', bundle, rights });

describe('what a form tells of a version that came under it', () => {
  it('is who changed which cells, before and after', () => {
    const change = told(
      version(0, { subject: 'Old', rows: [{ name: 'r1', qty: '1' }] }),
      version(1, { subject: 'New', rows: [{ name: 'r1', qty: '2' }] }),
    );
    expect([change?.by, change?.at]).toEqual(['otto', '2026-01-01 10:01:00.000000']);
    expect(change?.changes.map(({ path, base, theirs }) => [path, base, theirs])).toEqual([
      [{ fieldname: 'subject' }, 'Old', 'New'],
      [{ table: 'rows', row: 'r1', fieldname: 'qty' }, '1', '2'],
    ]);
  });

  it('is nothing for one’s own save, an older version, and one that changed nothing that is shown', () => {
    const seen = version(1, { subject: 'Old' });
    expect(told(seen, version(2, { subject: 'New' }, 'me'))).toBeNull();
    expect(told(seen, version(0, { subject: 'New' }))).toBeNull();
    expect(told(seen, version(2, { subject: 'Old' }))).toBeNull();
  });

  it('holds nothing that is hidden, or that the person may not read', () => {
    expect(told(version(0, { secret: 'a', salary: '1' }), version(1, { secret: 'b', salary: '2' }))).toBeNull();
  });

  it('tells that a row came, and that the document was submitted', () => {
    const change = told(version(0, { rows: [] }), version(1, { docstatus: 1, rows: [{ name: 'r9', qty: '1' }] }));
    expect(change?.changes.map(({ path, row }) => [path.fieldname, row])).toEqual(
      expect.arrayContaining([
        ['docstatus', undefined],
        ['name', 'added-there'],
      ]),
    );
  });
});

describe('initials', () => {
  it.each([
    ['Otto Office', 'OO'],
    ['frida.field@example.com', 'FF'],
    ['Administrator', 'A'],
    ['Ana María de la Cruz', 'AC'],
    ['𝒜lpha beta', '𝒜B'],
    ['', ''],
  ])('of %s are %s', (name, initials) => expect(initialsOf(name)).toBe(initials));
});
