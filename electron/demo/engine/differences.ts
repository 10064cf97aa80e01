import type { DocField } from '@shared/erp/docfield';
import { rowsOf, type ChildRow, type Doc, type FieldValue } from '@shared/erp/document';
import { frappeEqual } from '@shared/sync/frappe-equal';
import { addInternal, type Context } from './engine';
import type { Meta } from './metadata';
import { column, type Entity } from './values';

type Change = { field: DocField; from: FieldValue; to: FieldValue };
type Row = { table: DocField; row: ChildRow };

/** What differs between two states of a document; `rows` are those in both in which something changed. */
export type Difference = { changed: Change[]; rows: (Row & { index: number; changed: Change[] })[]; added: Row[]; removed: Row[] };

const changes = (meta: Meta | undefined, before: Entity, after: Entity): Change[] =>
  (meta?.columns ?? [])
    .map((field) => ({ field, from: column(before, field.fieldname, field), to: column(after, field.fieldname, field) }))
    .filter(({ field, from, to }) => !frappeEqual(from, to, field));

export function differences(context: Context, meta: Meta, before: Doc, after: Doc): Difference {
  const found: Difference = { changed: changes(meta, before, after), rows: [], added: [], removed: [] };
  for (const table of meta.tables) {
    const child = context.metadata.get(table.options ?? '');
    const old = new Map(rowsOf(before, table.fieldname).map((row) => [row.name, row]));
    for (const [index, row] of rowsOf(after, table.fieldname).entries()) {
      const was = old.get(row.name);
      const changed = was === undefined ? [] : changes(child, was, row);
      if (was === undefined) found.added.push({ table, row });
      else if (changed.length > 0) found.rows.push({ table, row, index, changed });
      old.delete(row.name);
    }
    for (const row of old.values()) found.removed.push({ table, row });
  }
  return found;
}

/** What a save changed, as the timeline of a document shows it. Nothing is kept where nothing changed. */
export function recordVersion(context: Context, meta: Meta, name: string, { changed, rows, added, removed }: Difference): void {
  if (!meta.track_changes || [changed, rows, added, removed].every(({ length }) => length === 0)) return;
  const told = (list: Change[]): unknown[] => list.map(({ field, from, to }) => [field.fieldname, from, to]);
  const whole = (list: Row[]): unknown[] => list.map(({ table, row }) => [table.fieldname, row]);
  const rowChanged = rows.map(({ table, row, index, changed: cells }) => [table.fieldname, index, row.name, told(cells)]);
  const lists = { added: whole(added), changed: told(changed), removed: whole(removed), row_changed: rowChanged };
  const data = JSON.stringify({ ...lists, data_import: null, updater_reference: null });
  addInternal(context, 'Version', { ref_doctype: meta.name, docname: name, data });
}
