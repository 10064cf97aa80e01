import type { DocTypeBundle } from '../erp/doctype';
import { rowsOf } from '../erp/document';
import type { Doc, DocumentValues } from '../erp/document';
import { diffDocuments, scalar } from './changes';
import { fieldsOf, isServerOwned, scalarFields, tableFields } from './document-fields';
import type { FieldsOf } from './document-fields';
import { frappeEqual } from './frappe-equal';
import { mergeCell } from './merge-cell';
import { mergeTable } from './merge-table';
import type { CellPath, Changes, Clash } from './outbox-entry';
import { orderClash } from './row-order';

export type Versions = { base: Doc; mine: Doc; theirs: Doc };

export type Merged = {
  /** `theirs` with what this device changed on top; where both changed, theirs stands until a person chooses. */
  doc: Doc;
  /** What is left to send: from `theirs` to `doc`. */
  changes: Changes;
  clashes: Clash[];
};

/**
 * Three-way merge of a document, field by field and row by row (by row name). Changed here only: mine; there only:
 * theirs; the same on both: nothing left to send; different: a clash. Read-only and computed fields are never sent, and
 * theirs once they changed there; until then what was computed here on top of the typing stays to be seen.
 * A document that is or was submitted is never merged on its own: if anything differs there, each of our changes is a clash.
 */
export function mergeDocuments(versions: Versions, bundle?: DocTypeBundle): Merged {
  const { base, mine, theirs } = versions;
  const fields = fieldsOf(bundle);
  const mustAsk = (isFinal(base) || isFinal(theirs)) && differs(base, theirs, fields);
  if (mustAsk) return { doc: theirs, changes: { fields: {}, tables: {} }, clashes: everyChange(versions, fields, bundle) };

  const clashes: Clash[] = [];
  const doc: Doc = { ...theirs };
  for (const fieldname of scalarFields(base, mine, theirs)) {
    const field = fields.field(fieldname);
    const cell = mergeCell(scalar(base, fieldname), scalar(mine, fieldname), scalar(theirs, fieldname), (a, b) => frappeEqual(a, b, field));
    if (cell === 'mine') doc[fieldname] = scalar(mine, fieldname) ?? null;
    if (cell === 'clash' && !isServerOwned(field)) clashes.push(clashOf({ fieldname }, base, mine, theirs, fieldname));
  }
  for (const table of tableFields(base, mine, theirs)) {
    if (isServerOwned(fields.field(table))) continue;
    const rows = { base: rowsOf(base, table), mine: rowsOf(mine, table), theirs: rowsOf(theirs, table) };
    const merged = mergeTable(table, rows, fields.rows(table));
    doc[table] = merged.rows;
    clashes.push(...merged.clashes);
  }
  return { doc, changes: diffDocuments(theirs, doc, bundle), clashes };
}

const isFinal = (doc: Doc): boolean => (doc.docstatus ?? 0) !== 0;

/** Does any value of the two differ, read-only ones and docstatus included? */
export function differs(a: Doc, b: Doc, fields: FieldsOf): boolean {
  if ((a.docstatus ?? 0) !== (b.docstatus ?? 0)) return true;
  if (scalarFields(a, b).some((name) => !frappeEqual(scalar(a, name), scalar(b, name), fields.field(name)))) return true;
  return tableFields(a, b).some((table) => {
    const [left, right] = [rowsOf(a, table), rowsOf(b, table)];
    if (left.length !== right.length) return true;
    return left.some((row, position) => {
      const other = right[position];
      return other === undefined || row.name !== other.name || cellsDiffer(row, other, fields.rows(table));
    });
  });
}

const cellsDiffer = (a: DocumentValues, b: DocumentValues, fields: FieldsOf): boolean =>
  scalarFields(a, b).some((name) => !frappeEqual(scalar(a, name), scalar(b, name), fields.field(name)));

const clashOf = (path: CellPath, base: DocumentValues, mine: DocumentValues, theirs: DocumentValues, name: string): Clash => ({
  path,
  base: scalar(base, name),
  mine: scalar(mine, name),
  theirs: scalar(theirs, name),
});

/** Each change of ours as a clash, for a document on which a person decides alone. */
function everyChange({ base, mine, theirs }: Versions, fields: FieldsOf, bundle: DocTypeBundle | undefined): Clash[] {
  const changes = diffDocuments(base, mine, bundle);
  const clashes = Object.keys(changes.fields)
    .filter((name) => !frappeEqual(scalar(mine, name), scalar(theirs, name), fields.field(name)))
    .map((name) => clashOf({ fieldname: name }, base, mine, theirs, name));
  for (const [table, change] of Object.entries(changes.tables)) {
    const [before, there] = [rowsOf(base, table), rowsOf(theirs, table)];
    for (const [row, cells] of Object.entries(change.edited)) {
      const old = before.find((candidate) => candidate.name === row) ?? { name: row };
      const now = there.find((candidate) => candidate.name === row);
      for (const [fieldname, value] of Object.entries(cells)) {
        const theirValue = now === undefined ? undefined : scalar(now, fieldname);
        if (now !== undefined && frappeEqual(value, theirValue, fields.rows(table).field(fieldname))) continue;
        const clash: Clash = { path: { table, row, fieldname }, base: scalar(old, fieldname), mine: value, theirs: theirValue };
        clashes.push(now === undefined ? { ...clash, row: 'removed-there' } : clash);
      }
    }
    for (const row of change.removed.filter((name) => there.some((candidate) => candidate.name === name))) {
      clashes.push({ path: { table, row, fieldname: 'name' }, base: row, mine: null, theirs: row, row: 'removed-here' });
    }
    for (const row of change.added) {
      clashes.push({ path: { table, row: row.name, fieldname: 'name' }, base: null, mine: row.name, theirs: null, row: 'added-here' });
    }
    const moved = orderClash(table, { base: before, mine: rowsOf(mine, table), theirs: there }, true);
    if (moved !== null) clashes.push(moved);
  }
  return clashes;
}
