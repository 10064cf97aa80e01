import type { FieldValue } from '../erp/document';

/** Which side of a cell stands. */
export function mergeCell(
  base: FieldValue | undefined,
  mine: FieldValue | undefined,
  theirs: FieldValue | undefined,
  same: (a: FieldValue | undefined, b: FieldValue | undefined) => boolean,
): 'mine' | 'theirs' | 'clash' {
  if (same(mine, theirs) || same(mine, base)) return 'theirs';
  return same(theirs, base) ? 'mine' : 'clash';
}
