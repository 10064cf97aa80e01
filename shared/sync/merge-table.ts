import type { ChildRow } from '../erp/document';
import { inOrder, numbered, scalar } from './changes';
import { isServerOwned, scalarFields } from './document-fields';
import type { FieldsOf } from './document-fields';
import { frappeEqual } from './frappe-equal';
import { mergeCell } from './merge-cell';
import type { Clash } from './outbox-entry';
import { orderClash } from './row-order';
import type { Rows } from './row-order';
import { mergedFactor } from './unit-of-row';

/**
 * Three-way merge of a child table by row name. A row removed on one side and edited on the other is one clash for
 * the row; until a person chooses, theirs stands. Rows that the server made anew and nobody edited here are theirs.
 */
export function mergeTable(table: string, rows: Rows, fields: FieldsOf): { rows: ChildRow[]; clashes: Clash[] } {
  const base = byName(rows.base);
  const mine = byName(rows.mine);
  const theirs = byName(rows.theirs);
  const clashes: Clash[] = [];
  const kept: ChildRow[] = [];

  for (const row of rows.theirs) {
    const before = base.get(row.name);
    const here = mine.get(row.name);
    if (before === undefined || here !== undefined) {
      kept.push(here === undefined ? row : mergeRow(table, before, here, row, fields, clashes));
    } else if (edited(before, row, fields).length > 0) {
      clashes.push({
        path: { table, row: row.name, fieldname: 'name' },
        base: row.name,
        mine: null,
        theirs: row.name,
        row: 'removed-here',
      });
      kept.push(row);
    }
  }
  for (const row of rows.mine) {
    if (theirs.has(row.name)) continue;
    const before = base.get(row.name);
    if (before === undefined) {
      kept.push(row);
      continue;
    }
    for (const fieldname of edited(before, row, fields)) {
      clashes.push({
        path: { table, row: row.name, fieldname },
        base: scalar(before, fieldname),
        mine: scalar(row, fieldname),
        theirs: undefined,
        row: 'removed-there',
      });
    }
  }
  const clash = orderClash(table, rows);
  if (clash !== null) clashes.push(clash);
  return { rows: numbered(inOrder(kept, orderOf(rows, clash !== null))), clashes };
}

const byName = (rows: ChildRow[]): Map<string, ChildRow> => new Map(rows.map((row) => [row.name, row]));

/** The fields of a row in which two versions differ, without what only the server sets. */
function edited(before: ChildRow, after: ChildRow, fields: FieldsOf): string[] {
  return scalarFields(before, after).filter((name) => {
    const field = fields.field(name);
    return !isServerOwned(field) && !frappeEqual(scalar(before, name), scalar(after, name), field);
  });
}

function mergeRow(
  table: string,
  before: ChildRow | undefined,
  mine: ChildRow,
  theirs: ChildRow,
  fields: FieldsOf,
  clashes: Clash[],
): ChildRow {
  const result: ChildRow = { ...theirs };
  const base = before ?? { name: theirs.name };
  for (const name of scalarFields(base, mine, theirs)) {
    const field = fields.field(name);
    const [was, here, there] = [scalar(base, name), scalar(mine, name), scalar(theirs, name)];
    const cell = mergeCell(was, here, there, (a, b) => frappeEqual(a, b, field));
    if (cell === 'mine') result[name] = here ?? null;
    if (cell === 'clash' && !isServerOwned(field))
      clashes.push({ path: { table, row: theirs.name, fieldname: name }, base: was, mine: here, theirs: there });
  }
  const factor = mergedFactor(result, mine, theirs, fields);
  if (factor !== undefined && (mine['conversion_factor'] ?? theirs['conversion_factor']) !== undefined)
    result['conversion_factor'] = factor;
  return result;
}

/** The order that moved: mine if rows were moved here and it does not clash, otherwise theirs. New rows keep the place after their neighbour. */
function orderOf(rows: Rows, clashes: boolean): string[] {
  const common = new Set(rows.base.map((row) => row.name).filter((name) => rows.mine.some((row) => row.name === name)));
  const shared = (list: ChildRow[]): string =>
    list
      .map((row) => row.name)
      .filter((name) => common.has(name))
      .join('\n');
  const movedHere = shared(rows.base) !== shared(rows.mine);
  const [leading, following] = movedHere && !clashes ? [rows.mine, rows.theirs] : [rows.theirs, rows.mine];
  return weave(
    leading.map((row) => row.name),
    following.map((row) => row.name),
  );
}

/** `leading` with each name of `following` that it lacks put after the neighbour it has there. */
function weave(leading: string[], following: string[]): string[] {
  const result = [...leading];
  following.forEach((name, position) => {
    if (result.includes(name)) return;
    const neighbour = following[position - 1];
    result.splice(neighbour === undefined ? 0 : result.indexOf(neighbour) + 1, 0, name);
  });
  return result;
}
