import { isTableField } from '../erp/docfield';
import type { DocField } from '../erp/docfield';
import type { DocTypeBundle } from '../erp/doctype';
import type { DocumentValues } from '../erp/document';

/** Never compared and never sent as a change: the server's own bookkeeping. Names that begin with `_` belong here too. */
const bookkeeping: ReadonlySet<string> = new Set([
  'doctype',
  'name',
  'owner',
  'creation',
  'modified',
  'modified_by',
  'docstatus',
  'idx',
  'lft',
  'rgt',
  'old_parent',
  'parent',
  'parentfield',
  'parenttype',
]);

export const isBookkeeping = (fieldname: string): boolean => bookkeeping.has(fieldname) || fieldname.startsWith('_');

/** The fields of one DocType by fieldname, and the DocType of each of its table fields. */
export type FieldsOf = {
  field(fieldname: string): DocField | undefined;
  /** Fields of the rows of a table field. */
  rows(table: string): FieldsOf;
};

const nothing: FieldsOf = { field: () => undefined, rows: () => nothing };

const built = new WeakMap<DocTypeBundle, FieldsOf>();

/** Looks fields up by name; without metadata every field is unknown and is compared by its value alone. */
export function fieldsOf(bundle: DocTypeBundle | undefined): FieldsOf {
  if (bundle === undefined) return nothing;
  const known = built.get(bundle);
  if (known !== undefined) return known;
  const fields = index(bundle, bundle.doctype.fields);
  built.set(bundle, fields);
  return fields;
}

function index(bundle: DocTypeBundle, list: DocField[]): FieldsOf {
  const byName = new Map(list.map((field) => [field.fieldname, field]));
  const tables = new Map<string, FieldsOf>();
  for (const field of list.filter(isTableField)) {
    const child = bundle.children.find((candidate) => candidate.name === field.options);
    if (child !== undefined) tables.set(field.fieldname, index(bundle, child.fields));
  }
  return { field: (fieldname) => byName.get(fieldname), rows: (table) => tables.get(table) ?? nothing };
}

/** What a person cannot set on an existing document: the server's value always stands. */
export const isServerOwned = (field: DocField | undefined): boolean =>
  field !== undefined && (field.read_only === 1 || field.is_virtual === 1);

/**
 * Read-only fields of item rows that the desk's scripts set with an item, unit or price list, and that the server keeps as
 * they come: without them the stock quantity and the discount would be reckoned from the row as it was.
 */
const setWithRow: ReadonlySet<string> = new Set(['conversion_factor', 'price_list_rate']);

/** As `isServerOwned`, for a field of a row. */
export const isServerOwnedInRow = (field: DocField | undefined): boolean =>
  isServerOwned(field) && (field === undefined || !setWithRow.has(field.fieldname));

/** Names of the scalar fields that any of these documents holds, without the bookkeeping. */
export function scalarFields(...docs: DocumentValues[]): string[] {
  const names = new Set<string>();
  for (const doc of docs) {
    for (const [fieldname, value] of Object.entries(doc)) {
      if (!Array.isArray(value) && !isBookkeeping(fieldname)) names.add(fieldname);
    }
  }
  for (const table of tableFields(...docs)) names.delete(table);
  return [...names].sort();
}

/** Names of the fields that hold rows in any of these documents. */
export function tableFields(...docs: DocumentValues[]): string[] {
  const names = new Set<string>();
  for (const doc of docs) {
    for (const [fieldname, value] of Object.entries(doc)) {
      if (Array.isArray(value) && !isBookkeeping(fieldname)) names.add(fieldname);
    }
  }
  return [...names].sort();
}
