import type { Bridge } from '@shared/bridge';
import { openCache } from './open-cache';
import type { Cache, CacheOptions } from './open-cache';

/** `foreign`: what is kept was sealed with another key, and so many changes in it were not sent. */
export type Opened = { kind: 'open'; cache: Cache; key: Uint8Array } | { kind: 'foreign'; unsent: number };

/**
 * Opens the account's database with the key that the main process gives for it.
 * @throws AppError `key-store` while the key store does not give the key.
 */
export async function openWithKey(bridge: Pick<Bridge, 'accounts'>, account: string, options: CacheOptions = {}): Promise<Opened> {
  const { key } = await bridge.accounts.cacheKey({ account });
  const cache = openCache(account, key, options);
  if (await fits(cache)) return { kind: 'open', cache, key };
  const unsent = await cache.outbox.count();
  cache.close();
  return { kind: 'foreign', unsent };
}

const proof = 'keyProof';

/** A row is kept that only this key opens; a database that has none is a new one, or was not sealed yet. */
const fits = (cache: Cache): Promise<boolean> =>
  cache.transaction('rw', cache.meta, async () => {
    if ((await cache.meta.get(proof)) !== undefined) return true;
    if ((await cache.meta.where('key').equals(proof).count()) > 0) return false;
    await cache.meta.put({ key: proof, value: true });
    return true;
  });
