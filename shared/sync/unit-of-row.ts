import type { ChildRow, FieldValue } from '../erp/document';
import { isServerOwned } from './document-fields';
import type { FieldsOf } from './document-fields';
import { frappeEqual } from './frappe-equal';

/** What a row's conversion factor is of: stock units in this unit of this item. */
const factorIsOf = ['item_code', 'uom'] as const;
const factor = 'conversion_factor';

const isUnitOfRow = (fieldname: string): boolean => factorIsOf.some((name) => name === fieldname);

/**
 * The conversion factor of a merged row: of the side whose item and unit it holds. Where they come from both sides, null, so
 * that the server looks it up. Undefined where both sides hold the same item and unit: then it is a cell like any other.
 */
export function mergedFactor(merged: ChildRow, mine: ChildRow, theirs: ChildRow, fields: FieldsOf): FieldValue | undefined {
  const holds = (side: ChildRow): boolean => factorIsOf.every((name) => frappeEqual(merged[name], side[name], fields.field(name)));
  const [isMine, isTheirs] = [holds(mine), holds(theirs)];
  if (isMine && isTheirs) return undefined;
  return isMine ? (mine[factor] ?? null) : isTheirs ? (theirs[factor] ?? null) : null;
}

/** What goes with a cell that is taken from a row: with a unit or an item its factor. */
export const cellsGoingWith = (fieldname: string, from: ChildRow): Record<string, FieldValue> =>
  isUnitOfRow(fieldname) && from[factor] !== undefined ? { [factor]: from[factor] } : {};

/**
 * A row to be sent: without a read-only factor where its item or unit was changed and no factor along with it, as by an
 * edit of an earlier version of this program. It may be that of another unit; the server looks up one that is missing.
 */
export function withoutOldFactor(row: ChildRow, edited: Readonly<Record<string, FieldValue>>, fields: FieldsOf): ChildRow {
  const moved = Object.keys(edited).some(isUnitOfRow) && edited[factor] === undefined;
  if (!moved || !isServerOwned(fields.field(factor))) return row;
  return { ...Object.fromEntries(Object.entries(row).filter(([fieldname]) => fieldname !== factor)), name: row.name };
}
