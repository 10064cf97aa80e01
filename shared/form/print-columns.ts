import type { DocField } from '../erp/docfield';
import { isTableField, layoutTypes } from '../erp/docfield';
import type { DocType } from '../erp/doctype';
import type { ChildRow } from '../erp/document';
import { holdsPrint, isPrintable } from './print-value';

/** A column of a child table on paper; `width` is its share of the table's width in per cent. */
export type PrintColumn = { field: DocField; width: number };

/** What an upright sheet holds side by side before words and amounts break, in the units of `needOf`. */
const room = 38;

/**
 * The columns that a sheet has room for, in the order of the form: those that the grid shows first, then required and bold
 * ones, then the rest; without columns that no row fills. `isShown` is asked of a cell, as the form shows it.
 */
export function printColumns(
  child: DocType,
  rows: readonly ChildRow[],
  isShown: (field: DocField, row: ChildRow) => boolean,
): PrintColumn[] {
  const filled = child.fields.filter(
    (field) =>
      isPrintable(field) &&
      !layoutTypes.has(field.fieldtype) &&
      !isTableField(field) &&
      rows.some((row) => holdsPrint(field, row) && isShown(field, row)),
  );
  const chosen = new Set<DocField>();
  let left = room;
  for (const field of filled.toSorted((a, b) => rankOf(a) - rankOf(b))) {
    if (needOf(field) > left) continue;
    chosen.add(field);
    left -= needOf(field);
  }
  const columns = filled.filter((field) => chosen.has(field));
  const all = columns.reduce((sum, field) => sum + needOf(field), 0);
  return columns.map((field) => ({ field, width: (needOf(field) / all) * 100 }));
}

const rankOf = (field: DocField): number => (field.in_list_view === 1 ? 0 : field.reqd === 1 || field.bold === 1 ? 1 : 2);

const long: ReadonlySet<string> = new Set([
  'Text Editor',
  'HTML Editor',
  'Text',
  'Long Text',
  'Small Text',
  'Code',
  'Markdown Editor',
  'JSON',
]);
const short: ReadonlySet<string> = new Set(['Check', 'Int', 'Long Int', 'Percent', 'Float', 'Rating', 'Time', 'Color']);

function needOf({ fieldtype }: DocField): number {
  if (long.has(fieldtype)) return 8;
  return short.has(fieldtype) ? 4 : 5;
}
