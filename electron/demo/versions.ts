import type { Doc, FieldValue } from '@shared/erp/document';
import { rowsOf } from '@shared/erp/document';
import type { Context } from './engine';
import type { Meta } from './metadata';
import { same } from './values';

/** What a save changed, as the timeline of a document shows it. Nothing is kept where nothing changed. */
export function recordVersion(context: Context, meta: Meta, before: Doc, after: Doc): void {
  if (!meta.track_changes) return;
  const changed = meta.columns
    .filter((field) => !same(field, before[field.fieldname], after[field.fieldname]))
    .map((field) => [field.fieldname, before[field.fieldname] ?? null, after[field.fieldname] ?? null]);
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
        const cells: [string, FieldValue, FieldValue][] = (child?.columns ?? [])
          .filter((field) => !same(field, was[field.fieldname], row[field.fieldname]))
          .map((field) => [field.fieldname, was[field.fieldname] ?? null, row[field.fieldname] ?? null]);
        if (cells.length > 0) rowChanged.push([table.fieldname, index, row.name, cells]);
      }
    }
    for (const row of old.values()) removed.push([table.fieldname, row]);
  }
  if (changed.length + added.length + removed.length + rowChanged.length === 0) return;
  const data = { added, changed, data_import: null, removed, row_changed: rowChanged, updater_reference: null };
  const at = context.clock.stamp();
  context.store.put({
    doctype: 'Version',
    name: context.random.hash(),
    owner: context.user,
    creation: at,
    modified: at,
    modified_by: context.user,
    ref_doctype: meta.name,
    docname: after.name,
    data: JSON.stringify(data),
  });
}
