import { noteLinksDue } from './links-due';
import type { Cache } from './open-cache';

/**
 * Forgets what the server has as well: documents without unsent work, and how far they were downloaded. What is unsent
 * stays, with the version that it came from and its files; what it links to is due to come again.
 */
export async function forgetClean(cache: Cache): Promise<void> {
  await cache.transaction('rw', [cache.documents, cache.cursors, cache.meta], async () => {
    await cache.documents.filter(({ mark }) => mark === undefined).delete();
    await cache.cursors.clear();
    await noteLinksDue(cache, 0);
  });
}
