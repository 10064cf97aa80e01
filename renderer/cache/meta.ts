import type { Cache } from './open-cache';

/** A number or a time (ms) that is kept under the key; null where none is. */
export async function keptNumber(cache: Cache, key: string): Promise<number | null> {
  const value = (await cache.meta.get(key))?.value;
  return typeof value === 'number' ? value : null;
}
