import { keptNumber } from './meta';
import type { Cache } from './open-cache';

const key = 'linksDue';

/** Since when (ms) documents were stored whose Links are not all followed yet; null where none are. */
export const linksDueSince = (cache: Cache): Promise<number | null> => keptNumber(cache, key);

/** Part of the transaction that stores the documents, so that a crash leaves no Link forgotten. */
export async function noteLinksDue(cache: Cache, since: number): Promise<void> {
  const due = await linksDueSince(cache);
  if (due === null || since < due) await cache.meta.put({ key, value: since });
}

/** `allFollowed` is asked once what is being stored now is stored. */
export async function forgetLinksDue(cache: Cache, allFollowed: () => boolean): Promise<void> {
  await cache.transaction('rw', cache.meta, async () => {
    if ((await linksDueSince(cache)) !== null && allFollowed()) await cache.meta.delete(key);
  });
}

const refused = 'linksRefused';

/** Since when (ms) something that documents link to is not asked for any more; null where all was had. */
export const linksRefusedSince = (cache: Cache): Promise<number | null> => keptNumber(cache, refused);

export async function noteLinksRefused(cache: Cache, now: number): Promise<void> {
  if ((await linksRefusedSince(cache)) === null) await cache.meta.put({ key: refused, value: now });
}

/** The Links of all documents are due again. */
export async function askForRefused(cache: Cache): Promise<void> {
  await cache.transaction('rw', cache.meta, async () => {
    await cache.meta.delete(refused);
    await cache.meta.put({ key, value: 0 });
  });
}
