import type { Cache } from './open-cache';

const key = 'linksDue';

/** Since when (ms) documents were stored whose Links are not all followed yet; null where none are. */
export async function linksDueSince(cache: Cache): Promise<number | null> {
  const due = (await cache.meta.get(key))?.value;
  return typeof due === 'number' ? due : null;
}

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
