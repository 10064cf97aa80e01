import { rowsOf, type Doc } from '@shared/erp/document';
import type { Context } from './engine';
import type { Meta } from './metadata';
import { same, type Entity } from './values';
import { addInternal } from './documents';

const differences = (meta: Meta, before: Entity, after: Entity): unknown[] =>
  meta.columns
    .filter((field) => !same(field, before[field.fieldname], after[field.fieldname]))
    .map(({ fieldname }) => [fieldname, before[fieldname] ?? null, after[fieldname] ?? null]);

/** What a save changed, as the timeline of a document shows it. Nothing is kept where nothing changed. */
export function recordVersion(context: Context, meta: Meta, before: Doc, after: Doc): void {
  if (!meta.track_changes) return;
  const changed = differences(meta, before, after);
  const added: unknown[] = [];
  const removed: unknown[] = [];
  const rowChanged: unknown[] = [];
  for (const table of meta.tables) {
    const child = context.metadata.get(table.options ?? '');
    const old = new Map(rowsOf(before, table.fieldname).map((row) => [row.name, row]));
    for (const [index, row] of rowsOf(after, table.fieldname).entries()) {
      const was = old.get(row.name);
      old.delete(row.name);
      if (was === undefined) added.push([table.fieldname, row]);
      else {
        const cells = child === undefined ? [] : differences(child, was, row);
        if (cells.length > 0) rowChanged.push([table.fieldname, index, row.name, cells]);
      }
    }
    for (const row of old.values()) removed.push([table.fieldname, row]);
  }
  if (changed.length + added.length + removed.length + rowChanged.length === 0) return;
  const data = { added, changed, data_import: null, removed, row_changed: rowChanged, updater_reference: null };
  addInternal(context, 'Version', { ref_doctype: meta.name, docname: after.name, data: JSON.stringify(data) });
}
