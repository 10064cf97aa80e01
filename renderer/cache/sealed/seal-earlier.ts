import type { Cache } from '../open-cache';
import { isSealed } from './sealed-table';
import type { Row, SealedTable } from './sealed-table';
import { sealedTablesOf } from './cache-tables';

/** Rows that are looked at in one transaction: what a person does meanwhile waits a few milliseconds for it. */
const atOnce = 200;

const doneKey = 'earlierSealed';

/**
 * Seals what an earlier version stored as it was, a few rows at a time, until nothing of it is left; `pause` is awaited in
 * between. Cut off, it begins again at the next start and goes quickly over what is sealed. Answers how many rows it sealed.
 *
 * Beside Dexie, which would tell every screen that rows have changed: what they say has not.
 */
export async function sealEarlier(cache: Cache, key: Uint8Array, pause: () => Promise<void>): Promise<number> {
  if ((await cache.meta.get(doneKey)) !== undefined) return 0;
  let sealed = 0;
  for (const [name, table] of sealedTablesOf(cache, key)) {
    let after: IDBValidKey | null = null;
    for (;;) {
      const batch: Batch = await sealBatch(cache.backendDB(), name, table, after);
      sealed += batch.sealed;
      after = batch.last;
      if (after === null) break;
      await pause();
    }
  }
  await cache.meta.put({ key: doneKey, value: true });
  return sealed;
}

type Batch = { sealed: number; last: IDBValidKey | null };

/** `last`: the key that the next batch begins behind; null where there is none. */
function sealBatch(database: IDBDatabase, name: string, table: SealedTable, after: IDBValidKey | null): Promise<Batch> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(name, 'readwrite');
    const batch: Batch = { sealed: 0, last: null };
    let seen = 0;
    const walk = transaction.objectStore(name).openCursor(after === null ? null : IDBKeyRange.lowerBound(after, true));
    walk.onsuccess = () => {
      const cursor = walk.result;
      if (cursor === null) return;
      // Rows of our tables are objects.
      const row = cursor.value as Row;
      if (!isSealed(row)) {
        cursor.update(table.seal(row));
        batch.sealed += 1;
      }
      seen += 1;
      if (seen < atOnce) cursor.continue();
      else batch.last = cursor.key;
    };
    transaction.oncomplete = () => resolve(batch);
    transaction.onabort = () => reject(transaction.error ?? new Error('the transaction was given up'));
  });
}
