import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { docTypeBundle, stripDocType } from '../../electron/erp/metadata';

const recording = JSON.parse(readFileSync(join(import.meta.dirname, '../contract/recordings/getdoctype.json'), 'utf8')) as {
  steps: { response: { body: { docs: Record<string, unknown>[] } } }[];
};

describe('metadata', () => {
  it('keeps the structure of a recorded DocType and its child DocTypes, and none of its scripts', () => {
    const bundle = docTypeBundle(recording.steps[0]!.response.body.docs, 'Mode of Payment')!;
    expect(bundle.doctype).toMatchObject({ name: 'Mode of Payment', autoname: 'field:mode_of_payment', quick_entry: 1, allow_rename: 1 });
    expect(bundle.children.map((child) => child.name)).toEqual(['Mode of Payment Account']);
    expect(bundle.doctype.fields[0]).toEqual({
      fieldname: 'mode_of_payment',
      fieldtype: 'Data',
      label: 'Mode of Payment',
      reqd: 1,
      unique: 1,
      in_list_view: 1,
    });
    expect(bundle.doctype.permissions.length).toBeGreaterThan(0);
    expect(JSON.stringify(bundle)).not.toContain('"__');
    expect(bundle.doctype).not.toHaveProperty('istable');
  });

  it('keeps what a span of time is not counted in', () => {
    const span = { fieldname: 'span', fieldtype: 'Duration', hide_days: 1, hide_seconds: 0 };
    expect(stripDocType({ name: 'X', modified: 'm', fields: [span] }).fields).toEqual([
      { fieldname: 'span', fieldtype: 'Duration', hide_days: 1 },
    ]);
  });

  it('takes the active workflow out of __workflow_docs', () => {
    const doctype = stripDocType({
      name: 'Purchase Order',
      modified: 'm',
      fields: [],
      __workflow_docs: [
        { doctype: 'Workflow State', name: 'Draft' },
        {
          doctype: 'Workflow',
          name: 'PO',
          is_active: 1,
          workflow_state_field: 'workflow_state',
          states: [{ state: 'Draft', doc_status: '0', allow_edit: 'Purchase User', name: 'x' }],
          transitions: [{ state: 'Draft', action: 'Approve', next_state: 'Approved', allowed: 'Purchase User', condition: null }],
        },
      ],
    });
    expect(doctype.workflow).toEqual({
      name: 'PO',
      state_field: 'workflow_state',
      states: [{ state: 'Draft', doc_status: '0', allow_edit: 'Purchase User' }],
      transitions: [{ state: 'Draft', action: 'Approve', next_state: 'Approved', allowed: 'Purchase User' }],
    });
  });

  it('keeps the names of the Print Formats that the server prints by, and which is the default', () => {
    const doctype = stripDocType({
      name: 'Sales Order',
      modified: 'm',
      fields: [],
      default_print_format: 'Short',
      __print_formats: [
        { name: 'Short', html: '<h1>{{ doc.name }}</h1>', print_format_type: 'Jinja' },
        { name: 'For the browser', print_format_type: 'JS' },
        { name: 'For a label printer', print_format_type: 'Jinja', raw_printing: 1 },
      ],
    });
    expect([doctype.print_formats, doctype.default_print_format]).toEqual([['Short'], 'Short']);
    expect(stripDocType({ name: 'A', modified: 'm', fields: [], __print_formats: null })).not.toHaveProperty('print_formats');
  });

  it('finds no bundle where the DocType is not among the answer’s', () => {
    expect(docTypeBundle([], 'Customer')).toBeNull();
    expect(docTypeBundle(null, 'Customer')).toBeNull();
  });
});
