import type { ChildRow } from '../erp/document';
import type { Clash } from './outbox-entry';

export type Rows = { base: ChildRow[]; mine: ChildRow[]; theirs: ChildRow[] };

/**
 * The clash about the order of a table's rows, told by the numbers that they had: moved here, and there in another way.
 * `asks`: a person decides about ours alone, also where nothing was moved there. Null where there is none.
 */
export function orderClash(table: string, { base, mine, theirs }: Rows, asks = false): Clash | null {
  const numbers = new Map(base.map(({ name }, position) => [name, position + 1]));
  const [here, there] = [new Set(mine.map(({ name }) => name)), new Set(theirs.map(({ name }) => name))];
  const orderIn = (rows: ChildRow[]): string =>
    rows
      .filter(({ name }) => here.has(name) && there.has(name))
      .flatMap(({ name }) => numbers.get(name) ?? [])
      .join(', ');
  const [was, ours, other] = [orderIn(base), orderIn(mine), orderIn(theirs)];
  if (ours === was || ours === other || (other === was && !asks)) return null;
  return { path: { fieldname: table }, base: was, mine: ours, theirs: other, row: 'order' };
}
