import { describe, expect, it } from 'vitest';
import type { DocField } from '@shared/erp/docfield';
import type { DocType, DocTypeBundle } from '@shared/erp/doctype';
import type { ChildRow, DocumentValues, FieldValue } from '@shared/erp/document';
import { rowsOf, valueOf } from '@shared/erp/document';
import { rightsOf } from '@shared/erp/permissions';
import { withoutBlankRows } from '@shared/form/blank-rows';
import { uncopiedTables } from '@shared/form/copy-document';
import { expressionView } from '@shared/form/depends-on';
import { duplicate } from '@shared/form/duplicate';
import { fieldState } from '@shared/form/field-state';
import { newDocument, newRow } from '@shared/form/new-document';
import { validate } from '@shared/form/validate';
import { diffDocuments } from '@shared/sync/changes';
import { decodeBody, encodeBody } from '../../renderer/cache/body';
import { session } from '../support/form-fixtures';
import { renderedField } from '../support/rendered-field';

const doctype = (...fields: DocField[]): DocType => ({
  name: 'X',
  modified: '',
  fields,
  permissions: [{ role: 'All', read: 1, write: 1, create: 1 }],
});
const mode = (meta: DocType, isNew = true) => ({ rights: rightsOf(meta, session, undefined), docstatus: 0, isNew, locked: false });
const problems = (meta: DocType, values: DocumentValues) =>
  validate({ doctype: meta, children: [] }, values, mode(meta), session).map(({ key }) => key);
const sources = { session, company: null };
/** JSON makes a field of any name, as the server's answers do. */
const parsed = (text: string): DocumentValues => JSON.parse(text);

const membersOfAll = ['constructor', '__proto__', 'hasOwnProperty', 'toString', 'valueOf'];

describe.each(membersOfAll)('a field named %s', (fieldname) => {
  const field: DocField = { fieldname, fieldtype: 'Data', label: 'Odd', reqd: 1 };
  const meta = doctype(field);

  it('shows nothing where the document holds nothing, and its own value where it holds one', async () => {
    expect(await renderedField(field, {}, { readOnly: true })).toContain('–');
    expect(await renderedField(field, {}, { readOnly: true })).not.toMatch(/function|\[object|native code/);
    expect(await renderedField(field, parsed(`{${JSON.stringify(fieldname)}: "own value"}`), { readOnly: true })).toContain('own value');
  });

  it('is missing where it is required and empty', () => {
    expect(problems(meta, {})).toEqual(['missing']);
    expect(problems(meta, parsed(`{${JSON.stringify(fieldname)}: "own"}`))).toEqual([]);
  });

  it('is hidden where it is read-only and empty', () => {
    const values = {};
    const view = expressionView(values, meta.fields, true);
    const state = fieldState({ ...field, read_only: 1 }, values, { doc: view, parent: view, session }, mode(meta));
    expect(state.visible).toBe(false);
  });

  it('begins with its default, in a document and in a row, and is copied', () => {
    const withDefault = doctype({ ...field, default: 'begun' });
    const fresh = newDocument(withDefault, sources);
    expect(Object.hasOwn(fresh, fieldname)).toBe(true);
    expect(valueOf(fresh, fieldname)).toBe('begun');
    const row = newRow(withDefault, {}, sources, 'fb-new-row', 1);
    expect(valueOf(row, fieldname)).toBe('begun');
    const copy = duplicate({ doctype: withDefault, children: [] }, fresh, sources, () => 'r');
    expect(valueOf(copy, fieldname)).toBe('begun');
    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
  });

  it('is kept on this device, in a document, in a row and as a table', () => {
    const key = JSON.stringify(fieldname);
    const doc = parsed(`{"doctype": "X", "name": "1", ${key}: "own", "items": [{"name": "r", ${key}: "cell"}]}`);
    const back = decodeBody({ doctype: 'X', name: '1' }, encodeBody(doc));
    expect(valueOf(back, fieldname)).toBe('own');
    expect(valueOf(rowsOf(back, 'items')[0] ?? {}, fieldname)).toBe('cell');
    const table = parsed(`{"doctype": "X", "name": "1", ${key}: [{"name": "r", "qty": 2}]}`);
    expect(rowsOf(decodeBody({ doctype: 'X', name: '1' }, encodeBody(table)), fieldname)).toEqual([{ name: 'r', qty: 2 }]);
    const empty = parsed(`{"doctype": "X", "name": "1", ${key}: ""}`);
    expect(encodeBody(empty)).not.toContain(fieldname);
  });

  it('of a row that was left as it was added does not keep that row', () => {
    const child: DocType = { ...doctype({ fieldname, fieldtype: 'Data' }), name: 'Child' };
    const bundle: DocTypeBundle = { doctype: doctype({ fieldname: 'items', fieldtype: 'Table', options: 'Child' }), children: [child] };
    const blank = newRow(child, {}, sources, 'fb-new-00000000-0000-4000-8000-000000000000', 1);
    expect(rowsOf(withoutBlankRows(bundle, { items: [blank] }, sources), 'items')).toEqual([]);
  });

  it('that was not changed is no change', () => {
    expect(diffDocuments({}, {}, { doctype: meta, children: [] })).toEqual({ fields: {}, tables: {} });
  });
});

describe('values of the wrong type', () => {
  const wrong: FieldValue[] = ['abc', '', null, true, -3, 7, 'NaN', '1e999'];
  it.each(wrong)('a Rating of %j has no stars that are not there', async (value) => {
    const html = await renderedField({ fieldname: 'x', fieldtype: 'Rating', label: 'Stars' }, { x: value });
    expect(html).not.toContain('NaN');
    expect(html).toMatch(/Stars: (0|2.5|5) of 5/);
  });

  it.each(['Int', 'Float', 'Currency', 'Percent', 'Duration', 'Check', 'Date', 'Datetime', 'Time', 'Data', 'Select', 'Color', 'Barcode'])(
    'are shown by a field of the type %s without breaking it',
    async (fieldtype) => {
      for (const value of [...wrong, 'x'.repeat(10_000)])
        for (const readOnly of [false, true]) {
          const html = await renderedField({ fieldname: 'x', fieldtype, label: 'X' }, { x: value }, { readOnly });
          expect(html).not.toMatch(/\bNaN\b(?!<|")|undefined|\[object/);
        }
    },
  );

  it('rows where a text is expected, and a text where rows are, are neither shown nor counted', async () => {
    const rows: ChildRow[] = [{ name: 'r1' }];
    expect(await renderedField({ fieldname: 'x', fieldtype: 'Data', label: 'X' }, { x: rows })).not.toContain('r1');
    expect(rowsOf({ items: 'no rows' }, 'items')).toEqual([]);
  });

  it('are told before they are sent', () => {
    const meta = doctype(
      { fieldname: 'rating', fieldtype: 'Rating' },
      { fieldname: 'span', fieldtype: 'Duration' },
      { fieldname: 'count', fieldtype: 'Int' },
      { fieldname: 'day', fieldtype: 'Date' },
    );
    expect(problems(meta, { rating: 'five', span: '2h', count: 'many', day: 'soon' })).toEqual([
      'notANumber',
      'notANumber',
      'notANumber',
      'notADate',
    ]);
  });
});

describe('HTML with scripts', () => {
  const html = '<script>alert(1)</script><img src=x onerror="alert(2)"><a href="javascript:alert(3)">x</a>';
  it.each([
    'Data',
    'Small Text',
    'Text',
    'Long Text',
    'Code',
    'Markdown Editor',
    'JSON',
    'Read Only',
    'Autocomplete',
    'Phone',
    'Icon',
    'Barcode',
  ])('in a field of the type %s is text', async (fieldtype) => {
    for (const readOnly of [false, true]) {
      const shown = await renderedField({ fieldname: 'x', fieldtype, label: html, description: html }, { x: html }, { readOnly });
      expect(shown).not.toMatch(/<script|<img|<a href="javascript/i);
    }
  });

  it('in what a field’s problem says is text too', async () => {
    const shown = await renderedField({ fieldname: 'x', fieldtype: 'Data', label: 'X' }, {}, { problem: html });
    expect(shown).not.toMatch(/<script|<img/i);
  });
});

describe('what the metadata lacks', () => {
  it('stays in the document and is sent nowhere by an edit of something else', () => {
    const meta = doctype({ fieldname: 'a', fieldtype: 'Data' });
    const kept = { doctype: 'X', name: '1', a: 'old', unheard_of: 'stays', rows_unheard_of: [{ name: 'r', x: 1 }] };
    const back = decodeBody({ doctype: 'X', name: '1' }, encodeBody(kept));
    expect(back).toMatchObject(kept);
    expect(diffDocuments(back, { ...back, a: 'new' }, { doctype: meta, children: [] })).toEqual({ fields: { a: 'new' }, tables: {} });
    expect(problems(meta, back)).toEqual([]);
  });

  it('a type that nobody knows shows its value and takes no typing', async () => {
    const shown = await renderedField({ fieldname: 'x', fieldtype: 'Hologram', label: 'X' }, { x: 'kept as it is' });
    expect(shown).toContain('kept as it is');
    expect(shown).not.toContain('<input');
  });

  it('rows whose columns are not known here are no reason for a copy without them', () => {
    const meta = doctype({ fieldname: 'items', fieldtype: 'Table', options: 'Unknown', label: 'Items' });
    const bundle = { doctype: meta, children: [] };
    expect(uncopiedTables(bundle, { items: [{ name: 'r' }] })).toEqual(meta.fields);
    expect(uncopiedTables(bundle, { items: [] })).toEqual([]);
    const child: DocType = { ...doctype(), name: 'Unknown' };
    expect(uncopiedTables({ doctype: meta, children: [child] }, { items: [{ name: 'r' }] })).toEqual([]);
  });
});

describe('a text of 10,000 characters', () => {
  const text = 'Lorem <ipsum> '.repeat(715);
  it('is shown whole, kept whole, and refused only where the server has no room for it', async () => {
    expect(text.length).toBeGreaterThan(10_000);
    for (const fieldtype of ['Small Text', 'Long Text', 'Code'])
      expect(await renderedField({ fieldname: 'x', fieldtype, label: 'X' }, { x: text }, { readOnly: true })).toContain(
        'Lorem &lt;ipsum&gt; '.repeat(715).trimEnd(),
      );
    expect(decodeBody({ doctype: 'X', name: '1' }, encodeBody({ x: text }))['x']).toBe(text);
    expect(problems(doctype({ fieldname: 'x', fieldtype: 'Small Text' }), { x: text })).toEqual([]);
    expect(problems(doctype({ fieldname: 'x', fieldtype: 'Data' }), { x: text })).toEqual(['tooLong']);
  });
});

describe('a read-only number that is 0', () => {
  const field: DocField = { fieldname: 'x', fieldtype: 'Currency', label: 'Total', read_only: 1 };
  const meta = doctype(field, { fieldname: 'note', fieldtype: 'Data', read_only: 1 });
  const state = (which: DocField, isNew: boolean) => {
    const view = expressionView({}, meta.fields, isNew);
    return fieldState(which, {}, { doc: view, parent: view, session }, mode(meta, isNew)).visible;
  };
  it('shows on a saved document, as on the desk, though this device keeps no zeros', async () => {
    expect(state(field, false)).toBe(true);
    expect(state(field, true)).toBe(false);
    expect(state({ fieldname: 'note', fieldtype: 'Data', read_only: 1 }, false)).toBe(false);
    expect(await renderedField(field, {}, { readOnly: true })).toMatch(/>(<!--\[-->)?\D*0[.,]00/);
  });
});
