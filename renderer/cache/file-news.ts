import { z } from 'zod';
import type { Cache } from './open-cache';

const fileNews = z.object({ refused: z.array(z.string()).readonly(), told: z.array(z.string()).readonly() });

/** What is told about files after they came: those that were not taken, and what else there is to know. */
export type FileNews = z.infer<typeof fileNews>;

/** In the place of a document's name: they were given in the list of the DocType. No document has that name. */
export const inList = '';

const keyOf = (doctype: string, name: string): string => `file-news:${JSON.stringify([doctype, name])}`;

export async function readFileNews(cache: Cache, doctype: string, name: string): Promise<FileNews | null> {
  return fileNews.safeParse((await cache.meta.get(keyOf(doctype, name)))?.value).data ?? null;
}

/** Kept until its person closes it; null: they did. */
export async function noteFileNews(cache: Cache, doctype: string, name: string, news: FileNews | null): Promise<void> {
  const key = keyOf(doctype, name);
  if (news === null) await cache.meta.delete(key);
  else await cache.meta.put({ key, value: news });
}

/** The document goes by another name. Part of a transaction of the caller. */
export async function renameFileNews(cache: Cache, doctype: string, from: string, to: string): Promise<void> {
  if (from === to) return;
  const kept = await cache.meta.get(keyOf(doctype, from));
  if (kept === undefined) return;
  await cache.meta.delete(kept.key);
  await cache.meta.put({ ...kept, key: keyOf(doctype, to) });
}
