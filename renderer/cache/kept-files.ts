import { z } from 'zod';
import type { StoredFile } from '@shared/bridge/files';
import type { Cache } from './open-cache';

/** What the main process tells of bytes that it keeps, as a row holds it. */
export const storedFile = z.object({ id: z.string(), sha256: z.string(), md5: z.string(), size: z.number(), type: z.string() });
/** `usedAt`: when a person looked at it last, or it came (ms); absent from what was noted before that was. */
const keptFile = storedFile.extend({ usedAt: z.number().optional() });
export type KeptFile = z.infer<typeof keptFile>;

const prefix = 'file:';
const keyOf = (url: string): string => `${prefix}${url}`;

/** What the main process keeps of a file of the site, by its `file_url`; undefined where it was never fetched. */
export async function readKeptFile(cache: Cache, url: string): Promise<KeptFile | undefined> {
  return keptFile.safeParse((await cache.meta.get(keyOf(url)))?.value).data;
}

/** The same of many; what was never fetched is left out. */
export async function readKeptFiles(cache: Cache, urls: readonly string[]): Promise<ReadonlyMap<string, KeptFile>> {
  const rows = await cache.meta.bulkGet(urls.map(keyOf));
  return new Map(
    urls.flatMap((url, position) => {
      const { data } = keptFile.safeParse(rows[position]?.value);
      return data === undefined ? [] : [[url, data] as const];
    }),
  );
}

/** Which of these files are kept on this device. */
export const keptFiles = async (cache: Cache, urls: readonly string[]): Promise<ReadonlySet<string>> =>
  new Set((await readKeptFiles(cache, urls)).keys());

/** Remembers that the bytes of a file of the site are kept, and when they came or were looked at (ms). */
export async function noteKeptFile(cache: Cache, url: string, file: StoredFile, usedAt: number): Promise<void> {
  await cache.meta.put({ key: keyOf(url), value: { ...file, usedAt } });
}

/** All of them, under their addresses. */
export async function allKeptFiles(cache: Cache): Promise<{ key: string; url: string; file: KeptFile }[]> {
  const rows = await cache.meta.where('key').startsWith(prefix).toArray();
  return rows.flatMap(({ key, value }) => {
    const { data } = keptFile.safeParse(value);
    return data === undefined ? [] : [{ key, url: key.slice(prefix.length), file: data }];
  });
}

/** The bytes are not kept any more. */
export async function forgetKeptFile(cache: Cache, url: string): Promise<void> {
  await cache.meta.delete(keyOf(url));
}
