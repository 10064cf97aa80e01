import { keptNumber } from './meta';
import type { Cache } from './open-cache';

const key = 'lastReady';

/** When all of the profile was downloaded and up to date last (ms); null where it never was. */
export const lastReady = (cache: Cache): Promise<number | null> => keptNumber(cache, key);

export async function noteReady(cache: Cache, now: number): Promise<void> {
  await cache.meta.put({ key, value: now });
}
