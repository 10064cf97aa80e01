import type { ChildRow } from '../erp/document';

/**
 * The marked rows that move one place (`by` 1: down), in the order in which each can be moved past its neighbour. Those that
 * stand together at the edge stay where they are, so that none moves past another.
 */
export function rowsToMove(rows: readonly ChildRow[], marked: ReadonlySet<string>, by: 1 | -1): string[] {
  const fromEdge = (by === 1 ? rows.toReversed() : rows).map(({ name }) => name);
  const free = fromEdge.findIndex((name) => !marked.has(name));
  return free === -1 ? [] : fromEdge.slice(free).filter((name) => marked.has(name));
}
