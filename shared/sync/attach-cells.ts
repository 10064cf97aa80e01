import type { DocField } from '../erp/docfield';
import type { DocTypeBundle } from '../erp/doctype';
import { rowsOf } from '../erp/document';
import type { Doc, DocumentValues } from '../erp/document';
import { fieldsOf, tableFields } from './document-fields';
import type { FieldsOf } from './document-fields';
import type { CellPath } from './outbox-entry';

/**
 * The Attach fields of a document and its rows that hold the address of a file and can be emptied. `required`: one that the
 * server takes no document without; null where there is none. Of a submitted document only fields that may change then count:
 * the others keep the address, as on the desk.
 */
export type AttachCells = { cells: CellPath[]; required: DocField | null };

export function attachCells(doc: Doc, bundle: DocTypeBundle | undefined, url: string): AttachCells {
  const fields = fieldsOf(bundle);
  const holding = [
    ...holders(doc, fields, url).map((field) => ({ field, path: { fieldname: field.fieldname } })),
    ...tableFields(doc).flatMap((table) =>
      rowsOf(doc, table).flatMap((row) =>
        holders(row, fields.rows(table), url).map((field) => ({ field, path: { table, row: row.name, fieldname: field.fieldname } })),
      ),
    ),
  ];
  const open = holding.filter(({ field }) => (doc.docstatus ?? 0) === 0 || field.allow_on_submit === 1);
  return { cells: open.map(({ path }) => path), required: open.find(({ field }) => field.reqd === 1)?.field ?? null };
}

const holders = (values: DocumentValues, fields: FieldsOf, url: string): DocField[] =>
  Object.entries(values).flatMap(([fieldname, value]) => {
    const field = value === url ? fields.field(fieldname) : undefined;
    return field?.fieldtype.startsWith('Attach') === true ? [field] : [];
  });
