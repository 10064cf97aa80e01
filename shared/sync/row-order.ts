import type { ChildRow } from '../erp/document';
import type { Clash } from './outbox-entry';

export type Rows = { base: ChildRow[]; mine: ChildRow[]; theirs: ChildRow[] };

/**
 * The clash about the order of a table's rows, told by the numbers that they had: moved here, and there in another way.
 * `asks`: a person decides about ours alone, also where nothing was moved there. Null where there is none.
 */
export function orderClash(table: string, { base, mine, theirs }: Rows, asks = false): Clash | null {
  const told = ordersOf(base, mine, theirs);
  const [was, ours, other] = [told(base), told(mine), told(theirs)];
  if (ours === was || ours === other || (other === was && !asks)) return null;
  return { path: { fieldname: table }, base: was, mine: ours, theirs: other, row: 'order' };
}

/** The rows that a person saw stand in another order there. Null where they do not. */
export function orderDifference(table: string, saw: ChildRow[], theirs: ChildRow[]): Clash | null {
  const told = ordersOf(saw, saw, theirs);
  const [was, other] = [told(saw), told(theirs)];
  return was === other ? null : { path: { fieldname: table }, base: was, mine: was, theirs: other, row: 'order' };
}

/** Tells the order of the rows that both sides have, by the numbers of those in `numbered`. */
function ordersOf(numbered: ChildRow[], mine: ChildRow[], theirs: ChildRow[]): (rows: ChildRow[]) => string {
  const numbers = new Map(numbered.map(({ name }, position) => [name, position + 1]));
  const [here, there] = [new Set(mine.map(({ name }) => name)), new Set(theirs.map(({ name }) => name))];
  return (rows) =>
    rows
      .filter(({ name }) => here.has(name) && there.has(name))
      .flatMap(({ name }) => numbers.get(name) ?? [])
      .join(', ');
}
