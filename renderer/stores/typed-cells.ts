import type { CellPath } from '@shared/sync/outbox-entry';
import { cellKey } from '@shared/form/validate';

/** In which order cells were typed into since the form was opened: what comes a moment later never replaces what was typed after. */
export function typedCells() {
  const typedAt = new Map<string, number>();
  let now = 0;

  /** Notes cells that a person gave at once. Answers the moment before. */
  function mark(paths: readonly CellPath[]): number {
    const before = now;
    now += 1;
    for (const path of paths) typedAt.set(cellKey(path), now);
    return before;
  }

  const typedAfter = (path: CellPath, moment: number): boolean => (typedAt.get(cellKey(path)) ?? 0) > moment;

  /** The moment before a cell was typed into last; the beginning where it never was. */
  const before = (path: CellPath): number => Math.max(0, (typedAt.get(cellKey(path)) ?? 1) - 1);

  return { mark, typedAfter, before };
}

export type TypedCells = ReturnType<typeof typedCells>;
