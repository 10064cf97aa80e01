import type { DocField } from '@shared/erp/docfield';
import type { DocTypeBundle } from '@shared/erp/doctype';
import { rowsOf } from '@shared/erp/document';
import type { DocumentValues } from '@shared/erp/document';
import type { CellPath } from '@shared/sync/outbox-entry';

/** A cell as a person knows it: its field, and for a row the table's label and the row's number where a document has it. */
export type NamedCell = { field: DocField; table: string | null; row: number | null };

/** Finds the field, table and row of a path; what the metadata lacks is called by its fieldname. */
export function nameCell(path: CellPath, bundle: DocTypeBundle | undefined, documents: readonly DocumentValues[]): NamedCell {
  const own = bundle?.doctype.fields ?? [];
  const plain = (fieldname: string): DocField => ({ fieldname, fieldtype: 'Data', label: fieldname });
  if (!('table' in path))
    return { field: own.find((field) => field.fieldname === path.fieldname) ?? plain(path.fieldname), table: null, row: null };
  const table = own.find((field) => field.fieldname === path.table);
  const child = bundle?.children.find((doctype) => doctype.name === table?.options);
  const row = documents.map((doc) => rowsOf(doc, path.table).findIndex((one) => one.name === path.row)).find((at) => at >= 0);
  return {
    field: child?.fields.find((field) => field.fieldname === path.fieldname) ?? plain(path.fieldname),
    table: table?.label ?? path.table,
    row: row === undefined ? null : row + 1,
  };
}

/** One string for a path, as a key. */
export const cellKey = (path: CellPath): string => ('table' in path ? `${path.table}/${path.row}/${path.fieldname}` : path.fieldname);
