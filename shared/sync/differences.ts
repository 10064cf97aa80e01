import type { DocTypeBundle } from '../erp/doctype';
import { rowsOf } from '../erp/document';
import type { Doc, DocumentValues } from '../erp/document';
import { isTemporaryName } from '../erp/temporary-name';
import { scalar } from './changes';
import { fieldsOf, scalarFields, tableFields } from './document-fields';
import type { FieldsOf } from './document-fields';
import { answers } from './frappe-equal';
import type { CellPath, Clash } from './outbox-entry';
import { orderDifference } from './row-order';

/** Every cell in which what a person saw and what the server has differ, computed values and the order of rows included. */
export function everyDifference(saw: Doc, theirs: Doc, bundle?: DocTypeBundle): Clash[] {
  const fields = fieldsOf(bundle);
  const found = cells(saw, theirs, fields, (fieldname) => ({ fieldname }));
  for (const table of tableFields(saw, theirs)) {
    const there = new Map(rowsOf(theirs, table).map((row) => [row.name, row]));
    for (const row of rowsOf(saw, table)) {
      const other = there.get(row.name);
      there.delete(row.name);
      const path = (fieldname: string): CellPath => ({ table, row: row.name, fieldname });
      if (other === undefined) found.push({ path: path('name'), theirs: null, mine: row.name, ...absent(row.name) });
      else found.push(...cells(row, other, fields.rows(table), path));
    }
    for (const name of there.keys())
      found.push({ path: { table, row: name, fieldname: 'name' }, base: null, mine: null, theirs: name, row: 'added-there' });
    const moved = orderDifference(table, rowsOf(saw, table), rowsOf(theirs, table));
    if (moved !== null) found.push(moved);
  }
  return found;
}

/** A row that was only here was never there. */
const absent = (name: string): Pick<Clash, 'base' | 'row'> =>
  isTemporaryName(name) ? { base: null, row: 'added-here' } : { base: name, row: 'removed-there' };

const cells = (saw: DocumentValues, theirs: DocumentValues, fields: FieldsOf, path: (fieldname: string) => CellPath): Clash[] =>
  scalarFields(saw, theirs)
    .filter((name) => !answers(scalar(theirs, name), scalar(saw, name), fields.field(name)))
    .map((name) => ({ path: path(name), base: scalar(saw, name), mine: scalar(saw, name), theirs: scalar(theirs, name) }));
