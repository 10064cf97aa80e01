import { describe, expect, it } from 'vitest';
import type { DocField } from '@shared/erp/docfield';
import type { DocType } from '@shared/erp/doctype';
import type { ChildRow } from '@shared/erp/document';
import { printColumns } from '@shared/form/print-columns';
import { printFormatsOf } from '@shared/form/print-formats';
import { printLayout } from '@shared/form/print-layout';
import { printStamps } from '@shared/form/print-stamps';
import { isOutdated } from '@shared/form/print-value';

const field = (fieldname: string, fieldtype = 'Data', rest: Partial<DocField> = {}): DocField => ({ fieldname, fieldtype, ...rest });
const section = (fieldname: string, label = fieldname): DocField => field(fieldname, 'Section Break', { label });
const column = (fieldname: string): DocField => field(fieldname, 'Column Break');
const everything = (): boolean => true;
const names = (fields: readonly DocField[]): string[] => fields.map(({ fieldname }) => fieldname);
const doctype = (rest: Partial<DocType> = {}): DocType => ({ name: 'T', modified: 'm', fields: [], permissions: [], ...rest });

describe('what of a form is printed', () => {
  it('sections with their columns, a third one below the first, and what is wide below them', () => {
    const fields = [
      section('one'),
      ...[field('a'), column('c1'), field('b'), field('items', 'Table'), column('c2'), field('c')],
      section('two'),
      field('terms', 'Text Editor'),
    ];
    const values = { a: '1', b: '2', c: '3', items: [{ name: 'r' }], terms: '<p>Net 30</p>' };
    expect(printLayout(fields, values, everything).map(({ label, columns, wide }) => [label, columns.map(names), names(wide)])).toEqual([
      ['one', [['a', 'c'], ['b']], ['items']],
      ['two', [], ['terms']],
    ]);
  });

  it.each<[string, DocField, unknown]>([
    ['what is marked print_hide', field('a', 'Data', { print_hide: 1 }), 'x'],
    ['a password', field('a', 'Password'), '****'],
    ['a button', field('a', 'Button', { label: 'Go' }), null],
    ['an empty text', field('a'), ''],
    ['a number that is zero', field('a', 'Currency'), 0],
    ['a box that is not ticked', field('a', 'Check'), 0],
    ['formatted text without a word', field('a', 'Text Editor'), '<div class="ql-editor"><p><br></p></div>'],
    ['a table without rows', field('a', 'Table'), []],
    ['HTML that a template of the site would fill in', field('a', 'HTML', { options: '<b>{{ doc.name }}</b>' }), null],
    ['a picture that there is none of', field('a', 'Image', { options: 'photo' }), null],
    ['a heading over nothing', field('a', 'Heading', { label: 'More' }), null],
  ])('is without %s, and without a section of nothing else', (_what, one, value) => {
    expect(printLayout([section('s'), one], { a: value as string }, everything)).toEqual([]);
  });

  it.each<[string, DocField, unknown]>([
    ['a ticked box', field('a', 'Check'), 1],
    ['a negative amount', field('a', 'Currency'), -5],
    ['an amount that is text', field('a', 'Currency'), '5.00'],
    ['fixed HTML of the form', field('a', 'HTML', { options: '<p>Keep upright</p>' }), null],
    ['a field called like what every object has', field('constructor'), 'x'],
  ])('is with %s', (_what, one, value) => {
    const [only] = printLayout([one], Object.fromEntries([[one.fieldname, value as string]]), everything);
    expect([...(only?.columns ?? []), only?.wide ?? []].flat()).toEqual([one]);
  });

  it('is without what the form does not show to this person now, a whole section or tab of it too', () => {
    const fields = [field('a'), section('s'), field('b'), field('t', 'Tab Break', { label: 'T' }), field('c')];
    const hidden = (fieldname: string) => printLayout(fields, { a: '1', b: '2', c: '3' }, (each) => each.fieldname !== fieldname);
    const printed = (fieldname: string) => hidden(fieldname).flatMap(({ columns }) => columns.flatMap(names));
    expect([printed('a'), printed('s'), printed('t')]).toEqual([
      ['b', 'c'],
      ['a', 'c'],
      ['a', 'b'],
    ]);
  });

  it('shows a picture once: as its own field, or else where an Image shows it', () => {
    const image = field('image_view', 'Image', { options: 'image' });
    const of = (source: DocField) =>
      printLayout([image, source], { image: '/files/a.png' }, everything).flatMap(({ columns }) => columns.flatMap(names));
    expect(of(field('image', 'Attach Image'))).toEqual(['image']);
    expect(of(field('image', 'Attach Image', { print_hide: 1 }))).toEqual(['image_view']);
  });
});

describe('an amount in words', () => {
  it('is left out while an edit is not sent: the words are of another amount', () => {
    expect(isOutdated(field('in_words'), [{ kind: 'comment' }, { kind: 'update' }])).toBe(true);
    expect(isOutdated(field('in_words'), [{ kind: 'submit' }])).toBe(false);
    expect(isOutdated(field('grand_total'), [{ kind: 'update' }])).toBe(false);
  });
});

describe('columns of a table on paper', () => {
  const rows: ChildRow[] = [{ name: 'a', item: 'Bolt', qty: 0, rate: 5, note: '' }];
  const child = (fields: DocField[]): DocType => doctype({ istable: 1, fields });
  const shown = (fields: DocField[], of = rows) => printColumns(child(fields), of, everything);

  it('are those that some row fills, in the order of the form, and together as wide as the table', () => {
    const columns = shown([field('note'), field('item', 'Link'), section('s'), field('qty', 'Float'), field('rate', 'Currency')]);
    expect(columns.map((each) => each.field.fieldname)).toEqual(['item', 'rate']);
    expect(columns.reduce((sum, { width }) => sum + width, 0)).toBeCloseTo(100);
  });

  it('leave out the least needed where a sheet has no room: what the grid shows stays', () => {
    const many = Array.from({ length: 20 }, (_, at) =>
      field(`f${at}`, 'Data', at === 19 ? { in_list_view: 1 } : at === 18 ? { reqd: 1 } : {}),
    );
    const row = { name: 'a', ...Object.fromEntries(many.map(({ fieldname }) => [fieldname, 'x'])) };
    const chosen = shown(many, [row]).map((each) => each.field.fieldname);
    expect(chosen).toEqual(['f0', 'f1', 'f2', 'f3', 'f4', 'f18', 'f19']);
  });

  it('leave out what is marked print_hide, and a cell that the form hides counts as empty', () => {
    expect(shown([field('item', 'Link', { print_hide: 1 })])).toEqual([]);
    expect(printColumns(child([field('item', 'Link')]), rows, () => false)).toEqual([]);
  });
});

describe('what stands across the top', () => {
  const submittable = doctype({ is_submittable: 1 });
  const unsent = [{ kind: 'update' as const }];

  it.each([
    ['a draft', submittable, { docstatus: 0 }, [], ['draft']],
    ['a draft that is not sent', submittable, {}, unsent, ['draft', 'unsent']],
    ['a submitted one', submittable, { docstatus: 1 }, [], []],
    ['one whose cancellation is not sent', submittable, { docstatus: 1 }, [{ kind: 'cancel' as const }], ['unsent']],
    ['a cancelled one', submittable, { docstatus: 2 }, [], ['cancelled']],
    ['a customer, who is never submitted', doctype(), { docstatus: 0 }, [], []],
    ['one with a comment that is not sent', submittable, { docstatus: 1 }, [{ kind: 'comment' as const }], []],
  ])('%s', (_what, type, values, waiting, stamps) => {
    expect(printStamps(type, values, waiting)).toEqual(stamps);
  });
});

describe('print formats to choose from', () => {
  it('begin with the default of the DocType, and always hold the standard one', () => {
    expect(printFormatsOf(doctype())).toEqual(['Standard']);
    expect(printFormatsOf(doctype({ print_formats: ['Short', 'Long'] }))).toEqual(['Standard', 'Long', 'Short']);
    expect(printFormatsOf(doctype({ print_formats: ['Short', 'Long'], default_print_format: 'Short' }))).toEqual([
      'Short',
      'Long',
      'Standard',
    ]);
  });
});
