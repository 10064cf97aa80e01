import { Dexie, RangeSet, cmp } from 'dexie';
import type { ObservabilitySet } from 'dexie';

/** What changed in a table: single keys, or more than was noted one by one. */
export type Changed = { keys: unknown[]; more: boolean };

/**
 * Tells what any window or worker changes in a table of the database, after it is committed. Dexie notes up to 50 keys a
 * write; of a greater one it only says that there was one. Returns a function that stops.
 */
export function watchTable(database: string, table: string, listener: (changed: Changed) => void): () => void {
  const part = `idb://${database}/${table}/`;
  const heard = (parts: ObservabilitySet): void => {
    const changed: Changed = { keys: [], more: parts['all'] !== undefined };
    const ranges = parts[part];
    for (const { from, to } of ranges === undefined ? [] : RangeSet(ranges)) {
      if (cmp(from, to) === 0) changed.keys.push(from);
      else changed.more = true;
    }
    if (changed.more || changed.keys.length > 0) listener(changed);
  };
  Dexie.on.storagemutated.subscribe(heard);
  return () => Dexie.on.storagemutated.unsubscribe(heard);
}
