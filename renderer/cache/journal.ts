import { AppError } from '@shared/errors';
import type { JournalRecord } from '@shared/bridge/journal';
import type { OutboxEntry } from '@shared/sync/outbox-entry';
import { textOf } from './body';
import { exclusively } from './exclusively';
import type { Cache } from './open-cache';
import type { Recorder } from './recorder';
import type { DocumentRow, JournalledWork, JournalQueueRow } from './rows';

/** Notes, in the transaction of a change, that the journal must hear of it. */
export async function noteForJournal(
  cache: Cache,
  kind: JournalQueueRow['kind'],
  entry: { id: string; revision: number },
  now: number,
): Promise<void> {
  await cache.journalQueue.put({ id: entry.id, kind, revision: entry.revision, at: now });
}

/**
 * Tells the journal everything noted so far; returns after its fsync. What could not be told stays noted. Answers the
 * refusal of a change that is too large for it; the others are told all the same.
 */
export async function flushJournal(recorder: Recorder): Promise<AppError | null> {
  return exclusively(recorder.cache, () => tellAll(recorder));
}

/**
 * The same after a change that stands in the database whatever becomes of the journal: done once more it would be there
 * twice. What could not be told, the engine tells until it succeeds, and says so meanwhile.
 */
export async function tellJournal(recorder: Recorder): Promise<void> {
  await flushJournal(recorder).catch(() => undefined);
}

async function tellAll(recorder: Recorder): Promise<AppError | null> {
  const noted = await recorder.cache.journalQueue.toArray();
  let refusal: AppError | null = null;
  for (let start = 0; start < noted.length; start += batch) {
    refusal = (await tellWhatFits(recorder, noted.slice(start, start + batch))) ?? refusal;
  }
  return refusal;
}

async function tellWhatFits(recorder: Recorder, noted: JournalQueueRow[]): Promise<AppError | null> {
  try {
    await tell(recorder, noted);
    return null;
  } catch (thrown) {
    const error = AppError.from(thrown);
    if (error.code !== 'too-large') throw thrown;
    if (noted.length === 1) return error;
    const half = Math.ceil(noted.length / 2);
    const refusal = await tellWhatFits(recorder, noted.slice(0, half));
    return (await tellWhatFits(recorder, noted.slice(half))) ?? refusal;
  }
}

/** Records an append takes at most. */
const batch = 500;

async function tell(recorder: Recorder, noted: JournalQueueRow[]): Promise<void> {
  const { cache } = recorder;
  const records = (await Promise.all(noted.map((row) => recordOf(cache, row)))).filter((record) => record !== null);
  if (records.length > 0) await recorder.bridge.journal.append({ account: recorder.account, records });
  await cache.transaction('rw', cache.journalQueue, async () => {
    for (const row of noted) {
      const now = await cache.journalQueue.get(row.id);
      // Changed meanwhile: the newer version has yet to be told.
      if (now?.revision === row.revision && now.kind === row.kind) await cache.journalQueue.delete(row.id);
    }
  });
}

async function recordOf(cache: Cache, row: JournalQueueRow): Promise<JournalRecord | null> {
  if (row.kind === 'done') return { kind: 'done', id: row.id };
  const entry = await cache.outbox.get(row.id);
  return entry === undefined ? null : { kind: 'put', id: row.id, entry: await workOf(cache, entry) };
}

/** An entry with all that restoring it would need. */
export async function workOf(cache: Cache, entry: OutboxEntry): Promise<JournalledWork> {
  const document = await cache.documents.get([entry.doctype, entry.name]);
  const attachment = entry.operation.kind === 'attach' ? await cache.attachments.get(entry.operation.attachment) : undefined;
  return {
    entry,
    document: document === undefined ? null : inText(document),
    attachment: attachment ?? null,
    alias: (await cache.aliases.get(entry.name)) ?? null,
  };
}

const inText = (row: DocumentRow): DocumentRow => ({
  ...row,
  body: textOf(row.body),
  ...(row.base === undefined ? {} : { base: textOf(row.base) }),
});
