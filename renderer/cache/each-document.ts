import type { Cache } from './open-cache';
import type { DocumentRow } from './rows';

/** Rows of a DocType that are in memory at once while all are looked through. */
const atOnce = 2_000;

/** Calls `take` for every document of a DocType, by name, a part at a time. Each part is as the cache was when it was read. */
export async function eachDocument(cache: Cache, doctype: string, take: (row: DocumentRow) => void): Promise<void> {
  let last: string | null = null;
  for (;;) {
    const rows: DocumentRow[] = await cache.documents
      .where('[doctype+name]')
      .between([doctype, last ?? ''], [doctype, []], last === null, true)
      .limit(atOnce)
      .toArray();
    rows.forEach(take);
    last = rows.at(-1)?.name ?? null;
    if (last === null || rows.length < atOnce) return;
  }
}
