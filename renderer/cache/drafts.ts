import { z } from 'zod';
import type { DocumentValues } from '@shared/erp/document';
import { encodeBody, decodeBody } from './body';
import type { Cache } from './open-cache';

/**
 * Unsaved typing, kept so that it survives a crash: never sent, gone once it is saved or given up.
 * `name` null stands for a new document, of which one draft a DocType is kept.
 */
export type DraftKey = { doctype: string; name: string | null };
export type Draft = {
  values: DocumentValues;
  /** `modified` of the document that the typing began on; null for a new one. */
  modified: string | null;
  savedAt: number;
};

const stored = z.object({ body: z.string(), modified: z.string().nullable(), savedAt: z.number() });

const rowKey = ({ doctype, name }: DraftKey): string => `draft ${JSON.stringify([doctype, name])}`;

export async function keepDraft(cache: Cache, key: DraftKey, draft: Draft): Promise<void> {
  const { values, modified, savedAt } = draft;
  await cache.meta.put({ key: rowKey(key), value: { body: encodeBody(values), modified, savedAt } });
}

/** Keeps the draft unless there is one already, which is answered then and stays. */
export async function keepFirstDraft(cache: Cache, key: DraftKey, draft: Draft): Promise<Draft | null> {
  return cache.transaction('rw', cache.meta, async () => {
    const before = await readDraft(cache, key);
    if (before === null) await keepDraft(cache, key, draft);
    return before;
  });
}

export async function readDraft(cache: Cache, key: DraftKey): Promise<Draft | null> {
  const row = stored.safeParse((await cache.meta.get(rowKey(key)))?.value);
  if (!row.success) return null;
  const { body, modified, savedAt } = row.data;
  return { values: decodeBody({ doctype: key.doctype, name: key.name ?? '' }, body), modified, savedAt };
}

export async function dropDraft(cache: Cache, key: DraftKey): Promise<void> {
  await cache.meta.delete(rowKey(key));
}
