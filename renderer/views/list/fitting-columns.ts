import type { ListColumn } from './list-columns';

const gap = 16;
/** Selection, title, mark and the padding of a row. */
const fixed = 44 + 200 + 44 + 3 * gap + 24;
const status = 144 + gap;

/** The columns that fit in `width` pixels, from the first on; the rest is one click away in the document. */
export function fittingColumns(columns: readonly ListColumn[], width: number, hasStatus: boolean): ListColumn[] {
  let room = width - fixed - (hasStatus ? status : 0);
  const fitting: ListColumn[] = [];
  for (const column of columns) {
    room -= column.width + gap;
    if (room < 0) break;
    fitting.push(column);
  }
  return fitting;
}

/** Pixels that a row of these columns needs at least. */
export const leastWidth = (columns: readonly ListColumn[], hasStatus: boolean): number =>
  columns.reduce((sum, column) => sum + column.width + gap, fixed + (hasStatus ? status : 0));
