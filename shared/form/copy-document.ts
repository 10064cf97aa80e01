import { isTableField } from '../erp/docfield';
import type { DocField } from '../erp/docfield';
import type { DocType, DocTypeBundle } from '../erp/doctype';
import type { ChildRow, DocumentValues } from '../erp/document';
import { rowsOf, setValue, valueOf } from '../erp/document';

/** Never copied, whatever the metadata says. */
const neverCopied = new Set(['amended_from', 'amendment_date', 'cancel_reason']);

/** Makes temporary row names; it is passed in, since deciders have no randomness. */
export type NameRow = () => string;

/**
 * The values of a copy: fields of the metadata only (so no name, owner, times), without those marked `no_copy`
 * unless `keepNoCopy`, rows under new names.
 */
export function copyValues(bundle: DocTypeBundle, from: DocumentValues, nameRow: NameRow, keepNoCopy: boolean): DocumentValues {
  const values: DocumentValues = { doctype: bundle.doctype.name, docstatus: 0 };
  for (const field of bundle.doctype.fields) {
    if (neverCopied.has(field.fieldname) || !(keepNoCopy || isCopied(field))) continue;
    const value = isTableField(field) ? copyRows(bundle, field, from, nameRow, keepNoCopy) : valueOf(from, field.fieldname);
    if (value !== undefined && value !== null) setValue(values, field.fieldname, value);
  }
  return values;
}

/** Tables with rows whose columns this device does not know: a copy would be without them. */
export const uncopiedTables = (bundle: DocTypeBundle, from: DocumentValues): DocField[] =>
  bundle.doctype.fields.filter(
    (field) =>
      isTableField(field) && rowsOf(from, field.fieldname).length > 0 && !bundle.children.some(({ name }) => name === field.options),
  );

const isCopied = (field: DocField): boolean => field.no_copy !== 1 && field.fieldtype !== 'Password';

function copyRows(bundle: DocTypeBundle, field: DocField, from: DocumentValues, nameRow: NameRow, keepNoCopy: boolean): ChildRow[] {
  const child = bundle.children.find((each) => each.name === field.options);
  if (child === undefined) return [];
  return rowsOf(from, field.fieldname).map((row, index) => copyRow(child, row, nameRow(), index + 1, keepNoCopy));
}

/** A copy of one row under a new name, at position `idx` (from 1). */
export function copyRow(child: DocType, from: ChildRow, name: string, idx: number, keepNoCopy = false): ChildRow {
  const row: ChildRow = { name, idx };
  for (const field of child.fields) {
    const value = valueOf(from, field.fieldname);
    if (value !== undefined && value !== null && (keepNoCopy || isCopied(field))) setValue<ChildRow[string]>(row, field.fieldname, value);
  }
  return row;
}
