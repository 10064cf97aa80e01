import { z } from 'zod';
import type { StoredFile } from '@shared/bridge/files';
import type { Cache } from './open-cache';

/** What the main process tells of bytes that it keeps, as a row holds it. */
export const storedFile = z.object({ id: z.string(), sha256: z.string(), md5: z.string(), size: z.number(), type: z.string() });
const keyOf = (url: string): string => `file:${url}`;

/** What the main process keeps of a file of the site, by its `file_url`; undefined where it was never fetched. */
export async function readKeptFile(cache: Cache, url: string): Promise<StoredFile | undefined> {
  return storedFile.safeParse((await cache.meta.get(keyOf(url)))?.value).data;
}

/** Which of these files are kept on this device. */
export async function keptFiles(cache: Cache, urls: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await cache.meta.bulkGet(urls.map(keyOf));
  return new Set(urls.filter((_url, position) => storedFile.safeParse(rows[position]?.value).success));
}

/** Remembers that the bytes of a file of the site are kept. */
export async function noteKeptFile(cache: Cache, url: string, file: StoredFile): Promise<void> {
  await cache.meta.put({ key: keyOf(url), value: file });
}

/** The bytes are not kept any more. */
export async function forgetKeptFile(cache: Cache, url: string): Promise<void> {
  await cache.meta.delete(keyOf(url));
}
