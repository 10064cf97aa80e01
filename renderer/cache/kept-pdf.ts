import { z } from 'zod';
import { storedFile } from './kept-files';
import type { Cache } from './open-cache';

const keptPdf = z.object({
  file: storedFile,
  format: z.string(),
  /** The version of the document that this device had when it asked: the PDF is of that one or a later one. */
  modified: z.string().nullable(),
  /** When it was fetched (ms). */
  at: z.number(),
  /** When a person looked at it last (ms), where that was later. */
  usedAt: z.number().optional(),
});

/** The PDF that the server made of a document last; its bytes are with the main process. */
export type KeptPdf = z.infer<typeof keptPdf>;

const prefix = 'pdf:';
const keyOf = (doctype: string, name: string): string => `${prefix}${JSON.stringify([doctype, name])}`;

export async function readKeptPdf(cache: Cache, doctype: string, name: string): Promise<KeptPdf | undefined> {
  return keptPdf.safeParse((await cache.meta.get(keyOf(doctype, name)))?.value).data;
}

export async function noteKeptPdf(cache: Cache, doctype: string, name: string, pdf: KeptPdf): Promise<void> {
  await cache.meta.put({ key: keyOf(doctype, name), value: pdf });
}

export async function forgetKeptPdf(cache: Cache, doctype: string, name: string): Promise<void> {
  await cache.meta.delete(keyOf(doctype, name));
}

export async function allKeptPdfs(cache: Cache): Promise<{ key: string; doctype: string; pdf: KeptPdf }[]> {
  const rows = await cache.meta.where('key').startsWith(prefix).toArray();
  return rows.flatMap(({ key, value }) => {
    const { data } = keptPdf.safeParse(value);
    return data === undefined ? [] : [{ key, doctype: doctypeIn(key), pdf: data }];
  });
}

function doctypeIn(key: string): string {
  // Written by `keyOf`, and nothing else begins so.
  const [doctype] = JSON.parse(key.slice(prefix.length)) as [doctype: string, name: string];
  return doctype;
}

/** The document goes by another name. Part of a transaction of the caller. */
export async function renameKeptPdf(cache: Cache, doctype: string, from: string, to: string): Promise<void> {
  const kept = await cache.meta.get(keyOf(doctype, from));
  if (kept === undefined || from === to) return;
  await cache.meta.delete(kept.key);
  await cache.meta.put({ ...kept, key: keyOf(doctype, to) });
}
