import type { Refetchable } from '@shared/files/room';
import type { Attachment } from '@shared/sync/outbox-entry';
import { allKeptFiles } from './kept-files';
import { allKeptPdfs } from './kept-pdf';
import type { Cache } from './open-cache';
import type { MetaRow } from './rows';

/** Kept bytes that the server has as well: a file that was fetched, a PDF that it made, or a file that was sent from here. */
export type HeldFile = Refetchable & { kind: 'fetched' | 'pdf' | 'sent'; key: string; url: string | null };

/** Everything that this device refers to of the bytes that the main process keeps. `unsent`: bytes that nobody else has. */
export type HeldFiles = { again: HeldFile[]; unsent: ReadonlyMap<string, number> };

export async function heldFiles(cache: Cache): Promise<HeldFiles> {
  const [fetched, pdfs, attachments, waiting] = await Promise.all([
    allKeptFiles(cache),
    allKeptPdfs(cache),
    cache.attachments.toArray(),
    attachmentsWaiting(cache),
  ]);
  const isSent = ({ id, remote }: (typeof attachments)[number]): boolean => remote !== null && !waiting.has(id);
  const again: HeldFile[] = [
    ...fetched.map(({ key, url, file }) => ({ kind: 'fetched' as const, key, url, ...file, usedAt: file.usedAt ?? 0 })),
    ...pdfs.map(({ key, pdf }) => ({ kind: 'pdf' as const, key, url: null, ...pdf.file, usedAt: pdf.usedAt ?? pdf.at })),
    ...attachments
      .filter(isSent)
      .map(({ id, file, size, remote }) => ({ kind: 'sent' as const, key: id, id: file, size, url: remote?.url ?? null, usedAt: 0 })),
  ];
  const unsent = new Map<string, number>((await namedInDrafts(cache)).map((id) => [id, 0]));
  for (const each of attachments) if (!isSent(each)) unsent.set(each.file, each.size);
  return { again, unsent };
}

/** What was noted of files that are kept, to be noted again. */
export type HeldNotes = { meta: MetaRow[]; attachments: Attachment[] };

/** Forgets that these are kept; their bytes are the main process's. */
export async function forgetHeld(cache: Cache, held: readonly HeldFile[]): Promise<HeldNotes> {
  const keysOf = (sent: boolean): string[] => held.filter(({ kind }) => (kind === 'sent') === sent).map(({ key }) => key);
  return cache.transaction('rw', [cache.meta, cache.attachments], async () => {
    const meta = await cache.meta.where('key').anyOf(keysOf(false)).toArray();
    const attachments = await cache.attachments.where('id').anyOf(keysOf(true)).toArray();
    await cache.meta.bulkDelete(keysOf(false));
    await cache.attachments.bulkDelete(keysOf(true));
    return { meta, attachments };
  });
}

export async function noteHeldAgain(cache: Cache, { meta, attachments }: HeldNotes): Promise<void> {
  await cache.transaction('rw', [cache.meta, cache.attachments], async () => {
    await cache.meta.bulkPut(meta);
    await cache.attachments.bulkPut(attachments);
  });
}

async function attachmentsWaiting(cache: Cache): Promise<ReadonlySet<string>> {
  const entries = await cache.outbox.toArray();
  return new Set(entries.flatMap(({ operation }) => (operation.kind === 'attach' ? [operation.attachment] : [])));
}

/** Whatever in unsaved typing looks like the id of a file counts as one: better one too many. */
async function namedInDrafts(cache: Cache): Promise<string[]> {
  const drafts = await cache.meta.where('key').startsWith('draft ').toArray();
  return drafts.flatMap(({ value }) => JSON.stringify(value).match(/\b[0-9a-f]{64}\b/g) ?? []);
}
