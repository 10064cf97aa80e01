import type { FieldValue } from '../erp/document';
import type { CellPath, Changes, TableChanges } from './outbox-entry';

export const noChanges: Changes = { fields: {}, tables: {} };

/** The changes with one more cell; one of a row that the changes add becomes part of that row. */
export function withCell(changes: Changes, path: CellPath, value: FieldValue): Changes {
  if (!('table' in path)) return { ...changes, fields: { ...changes.fields, [path.fieldname]: value } };
  const before: TableChanges = changes.tables[path.table] ?? { added: [], edited: {}, removed: [] };
  const isNew = before.added.some((row) => row.name === path.row);
  const table: TableChanges = isNew
    ? { ...before, added: before.added.map((row) => (row.name === path.row ? { ...row, [path.fieldname]: value } : row)) }
    : { ...before, edited: { ...before.edited, [path.row]: { ...before.edited[path.row], [path.fieldname]: value } } };
  return { ...changes, tables: { ...changes.tables, [path.table]: table } };
}
