import { z } from 'zod';
import type { Cache } from './open-cache';

const key = 'linksLeft';

/** The DocTypes whose Links were not followed when the engine looked last. */
export async function linksLeft(cache: Cache): Promise<string[]> {
  return z.array(z.string()).safeParse((await cache.meta.get(key))?.value).data ?? [];
}

export async function noteLinksLeft(cache: Cache, doctypes: string[]): Promise<void> {
  await cache.meta.put({ key, value: doctypes });
}
