import type { DocField } from '@shared/erp/docfield';
import { rowsOf, type ChildRow, type Doc } from '@shared/erp/document';
import { addInternal, type Context } from './engine';
import type { Meta } from './metadata';
import { same, type Entity } from './values';

type Row = { table: DocField; row: ChildRow };

/** What differs between two states of a document. */
export type Difference = {
  /** Fields of the document or, with `row`, of a row that is in both. */
  changed: { field: DocField; from: unknown; to: unknown; row?: Row & { index: number } }[];
  added: Row[];
  removed: Row[];
};

export function differences(context: Context, meta: Meta, before: Doc, after: Doc): Difference {
  const found: Difference = { changed: [], added: [], removed: [] };
  const compare = (own: Meta | undefined, old: Entity, now: Entity, row?: Row & { index: number }): void => {
    for (const field of own?.columns ?? []) {
      const [from, to] = [old[field.fieldname], now[field.fieldname]];
      if (!same(field, from, to)) found.changed.push({ field, from: from ?? null, to: to ?? null, ...(row === undefined ? {} : { row }) });
    }
  };
  compare(meta, before, after);
  for (const table of meta.tables) {
    const child = context.metadata.get(table.options ?? '');
    const old = new Map(rowsOf(before, table.fieldname).map((row) => [row.name, row]));
    for (const [index, row] of rowsOf(after, table.fieldname).entries()) {
      const was = old.get(row.name);
      if (was === undefined) found.added.push({ table, row });
      else compare(child, was, row, { table, row, index });
      old.delete(row.name);
    }
    for (const row of old.values()) found.removed.push({ table, row });
  }
  return found;
}

/** What a save changed, as the timeline of a document shows it. Nothing is kept where nothing changed. */
export function recordVersion(context: Context, meta: Meta, name: string, { changed, added, removed }: Difference): void {
  if (!meta.track_changes || changed.length + added.length + removed.length === 0) return;
  const rows = ({ table, row }: Row): unknown[] => [table.fieldname, row];
  const cells = new Map<ChildRow, [table: string, index: number, name: string, cells: unknown[]]>();
  for (const { field, from, to, row } of changed)
    if (row !== undefined) {
      const known = cells.get(row.row) ?? [row.table.fieldname, row.index, row.row.name, []];
      known[3].push([field.fieldname, from, to]);
      cells.set(row.row, known);
    }
  const data = {
    added: added.map(rows),
    changed: changed.filter(({ row }) => row === undefined).map(({ field, from, to }) => [field.fieldname, from, to]),
    data_import: null,
    removed: removed.map(rows),
    row_changed: [...cells.values()],
    updater_reference: null,
  };
  addInternal(context, 'Version', { ref_doctype: meta.name, docname: name, data: JSON.stringify(data) });
}
