const mb = 1_000_000;

/** What the kept files of an account may take, in MB (1 MB = 1,000,000 bytes, as the app writes sizes). */
export const filesQuotaMbChoices: readonly number[] = [500, 1_000, 2_000, 5_000, 10_000];

/**
 * Below so many free bytes the disk is called nearly full: a day of a hundred photos of 3 MB, and as much again for the
 * journal and the browser's database, which grow with each save.
 */
export const lowDiskBytes = 600 * mb;

/** Bytes that can be fetched again, under the id of the kept file. `usedAt`: when they were looked at last, or came (ms). */
export type Refetchable = { id: string; size: number; usedAt: number };

/**
 * What to forget so that `bytes` are freed: what was not used for longest goes first. Several may stand for the same bytes, which
 * go with the last of them; bytes that unsent work refers to never go.
 */
export function leastUsed<T extends Refetchable>(again: readonly T[], unsent: ReadonlySet<string>, bytes: number): T[] {
  const byId = new Map<string, { usedAt: number; all: T[] }>();
  for (const one of again) {
    if (unsent.has(one.id)) continue;
    const same = byId.get(one.id);
    if (same === undefined) byId.set(one.id, { usedAt: one.usedAt, all: [one] });
    else {
      same.all.push(one);
      same.usedAt = Math.max(same.usedAt, one.usedAt);
    }
  }
  const chosen: T[] = [];
  let freed = 0;
  for (const { all } of [...byId.values()].sort((a, b) => a.usedAt - b.usedAt)) {
    if (freed >= bytes) break;
    chosen.push(...all);
    freed += all[0]?.size ?? 0;
  }
  return chosen;
}
