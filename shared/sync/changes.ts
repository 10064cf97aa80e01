import type { DocField } from '../erp/docfield';
import type { DocTypeBundle } from '../erp/doctype';
import { rowsOf, valueOf } from '../erp/document';
import type { ChildRow, DocumentValues, FieldValue } from '../erp/document';
import { fieldsOf, isServerOwned, isServerOwnedInRow, scalarFields, tableFields } from './document-fields';
import type { FieldsOf } from './document-fields';
import { frappeEqual } from './frappe-equal';
import type { Changes, TableChanges } from './outbox-entry';

export const hasChanges = (changes: Changes): boolean => Object.keys(changes.fields).length > 0 || Object.keys(changes.tables).length > 0;

/**
 * What a person changed between two versions of a document: by Frappe's equality, without the fields that only the
 * server sets. A cleared field is null.
 */
export function diffDocuments(base: DocumentValues, mine: DocumentValues, bundle?: DocTypeBundle): Changes {
  const fields = fieldsOf(bundle);
  const changes: Changes = { fields: diffCells(base, mine, fields, isServerOwned), tables: {} };
  for (const table of tableFields(base, mine)) {
    if (isServerOwned(fields.field(table))) continue;
    const difference = diffTable(rowsOf(base, table), rowsOf(mine, table), fields.rows(table));
    if (difference !== null) changes.tables[table] = difference;
  }
  return changes;
}

function diffCells(
  base: DocumentValues,
  mine: DocumentValues,
  fields: FieldsOf,
  isTheirs: (field: DocField | undefined) => boolean,
): Record<string, FieldValue> {
  const changed: Record<string, FieldValue> = {};
  for (const fieldname of scalarFields(base, mine)) {
    const field = fields.field(fieldname);
    if (isTheirs(field)) continue;
    const [before, after] = [scalar(base, fieldname), scalar(mine, fieldname)];
    if (!frappeEqual(before, after, field)) changed[fieldname] = after ?? null;
  }
  return changed;
}

/** The value of a field that holds no rows. */
export function scalar(doc: DocumentValues, fieldname: string): FieldValue | undefined {
  const value = valueOf(doc, fieldname);
  return Array.isArray(value) ? undefined : value;
}

function diffTable(base: ChildRow[], mine: ChildRow[], fields: FieldsOf): TableChanges | null {
  const before = new Map(base.map((row) => [row.name, row]));
  const after = new Set(mine.map((row) => row.name));
  const changes: TableChanges = { added: [], edited: {}, removed: base.filter((row) => !after.has(row.name)).map((row) => row.name) };
  for (const row of mine) {
    const old = before.get(row.name);
    if (old === undefined) {
      changes.added.push(row);
      continue;
    }
    const cells = diffCells(old, row, fields, isServerOwnedInRow);
    if (Object.keys(cells).length > 0) changes.edited[row.name] = cells;
  }
  const order = mine.map((row) => row.name);
  const moved = order.join('\n') !== base.map((row) => row.name).join('\n');
  if (moved) changes.order = order;
  const same = !moved && changes.added.length === 0 && changes.removed.length === 0 && Object.keys(changes.edited).length === 0;
  return same ? null : changes;
}

/** The document with the changes made to it. Rows that the changes know but the document lacks are passed over. */
export function applyChanges<D extends DocumentValues>(doc: D, changes: Changes): D {
  const result: DocumentValues = { ...doc, ...changes.fields };
  for (const [table, change] of Object.entries(changes.tables)) {
    result[table] = applyToTable(rowsOf(doc, table), change);
  }
  // The same keys with the same kinds of value: still a D.
  return result as D;
}

function applyToTable(rows: ChildRow[], change: TableChanges): ChildRow[] {
  const removed = new Set(change.removed);
  const kept = rows.filter((row) => !removed.has(row.name)).map((row) => ({ ...row, ...change.edited[row.name] }));
  const names = new Set(kept.map((row) => row.name));
  const all = [...kept, ...change.added.filter((row) => !names.has(row.name))];
  return numbered(change.order === undefined ? all : inOrder(all, change.order));
}

/** Rows in the wanted order; one that the order does not know follows the row it followed before. */
export function inOrder(rows: ChildRow[], order: string[]): ChildRow[] {
  const byName = new Map(rows.map((row) => [row.name, row]));
  const wanted = order.flatMap((name) => byName.get(name) ?? []);
  const placed = new Set(wanted.map((row) => row.name));
  const result = [...wanted];
  rows.forEach((row, position) => {
    if (placed.has(row.name)) return;
    const before = rows[position - 1];
    const at = before === undefined ? 0 : result.findIndex((candidate) => candidate.name === before.name) + 1;
    result.splice(at, 0, row);
    placed.add(row.name);
  });
  return result;
}

/** `idx` as Frappe counts it: from 1, in order. */
export const numbered = (rows: ChildRow[]): ChildRow[] => rows.map((row, position) => ({ ...row, idx: position + 1 }));
