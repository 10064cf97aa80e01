import type { DocField } from '../erp/docfield';
import { isTableField } from '../erp/docfield';
import type { DocTypeBundle } from '../erp/doctype';
import { rowsOf, valueOf } from '../erp/document';
import type { ChildRow, DocumentValues } from '../erp/document';

/** Typing as it may be kept without being saved: passwords stand as they did before (`began`), in rows too. */
export function withoutPasswords(bundle: DocTypeBundle, values: DocumentValues, began: DocumentValues): DocumentValues {
  const kept: DocumentValues = { ...values, ...before(bundle.doctype.fields, began) };
  for (const table of bundle.doctype.fields.filter(isTableField)) {
    const fields = bundle.children.find(({ name }) => name === table.options)?.fields ?? [];
    if (!fields.some(isPassword)) continue;
    const rows = new Map(rowsOf(began, table.fieldname).map((row) => [row.name, row]));
    kept[table.fieldname] = rowsOf(values, table.fieldname).map(
      // The values of a row that are no rows themselves.
      (row): ChildRow => Object.assign({ ...row }, before(fields, rows.get(row.name) ?? {})),
    );
  }
  return kept;
}

const isPassword = (field: DocField): boolean => field.fieldtype === 'Password';

const before = (fields: readonly DocField[], began: DocumentValues): DocumentValues =>
  Object.fromEntries(fields.filter(isPassword).map(({ fieldname }) => [fieldname, valueOf(began, fieldname)]));
