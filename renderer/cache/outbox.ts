import type { Doc } from '@shared/erp/document';
import { AppError } from '@shared/errors';
import { documentOf } from '@shared/sync/dependencies';
import { isFrozen, triedAgain } from '@shared/sync/entry-state';
import type { Attachment, Clash, OutboxEntry, Problem } from '@shared/sync/outbox-entry';
import { unseen } from '@shared/sync/seen';
import { decided } from './decided';
import { refill } from './detach';
import { baseOf, docOf } from './document-row';
import { readDocType } from './doctypes';
import { holdFinals } from './hold-finals';
import { tellJournal } from './journal';
import type { Cache } from './open-cache';
import type { Recorder } from './recorder';
import type { DocumentRow } from './rows';
import { rebuildDocument } from './rebuild-document';
import { dropEntry, entriesOfDocument, forgetDocument, inWorkTransaction, putEntry, refreshMark } from './work';

export { resolve } from './resolve';
export type { Resolution } from './resolve';

/** Everything unsent, in the order it was made, with what the person calls the document, and the file that is sent. */
export async function listOutbox(
  cache: Cache,
): Promise<(OutboxEntry & { alias: string | null; title: string | null; file: Attachment | null })[]> {
  const entries = await cache.outbox.orderBy('seq').toArray();
  const rows = await documentsOf(cache, entries);
  const attached = entries.flatMap(({ operation }) => (operation.kind === 'attach' ? [operation.attachment] : []));
  const files = new Map((await cache.attachments.bulkGet(attached)).map((file) => [file?.id, file]));
  return entries.map((entry) => {
    const row = rows.get(documentOf(entry));
    const file = entry.operation.kind === 'attach' ? (files.get(entry.operation.attachment) ?? null) : null;
    return { ...entry, alias: row?.alias ?? null, title: row === undefined || row.title === row.name ? null : row.title, file };
  });
}

/** Each document once: a thousand files may wait for one. */
async function documentsOf(cache: Cache, entries: readonly OutboxEntry[]): Promise<ReadonlyMap<string, DocumentRow>> {
  const keys = new Map(entries.map((entry) => [documentOf(entry), [entry.doctype, entry.name] as [string, string]]));
  const rows = await cache.documents.bulkGet([...keys.values()]);
  return new Map(rows.flatMap((row) => (row === undefined ? [] : [[documentOf(row), row] as const])));
}

/** The unsent changes of one document in order. */
export const entriesOf = (cache: Cache, doctype: string, name: string): Promise<OutboxEntry[]> => entriesOfDocument(cache, doctype, name);

/**
 * Takes back a change that was not sent; the document returns to what it was without it. Taking back a create takes
 * all that was to follow it.
 * @throws AppError `refused` once it is on its way, or was sent.
 */
export const undo = (recorder: Recorder, entryId: string): Promise<void> => takeBack(recorder, entryId);

/** Gives up a change that the server refused or that conflicts: the server's version is shown again. */
export const discard = (recorder: Recorder, entryId: string): Promise<void> => takeBack(recorder, entryId);

/**
 * Tries again at the next chance, whatever held the entry up. What may have been done is looked for before.
 * @throws AppError `refused` where that takes another decision.
 */
export async function retry(recorder: Recorder, entryId: string): Promise<void> {
  await inWorkTransaction(recorder.cache, async () => {
    const entry = await recorder.cache.outbox.get(entryId);
    if (entry === undefined || isFrozen(entry)) return;
    if (entry.state.at === 'parked' && !mayBeTried(entry.state.problem)) {
      throw new AppError('refused', 'This change needs a decision first: open it in the sync centre and choose what should happen.');
    }
    await putEntry(recorder, triedAgain(entry));
    decided(recorder, entry, 'its person: try again');
    await refreshMark(recorder.cache, entry.doctype, entry.name);
  });
  await tellJournal(recorder);
}

/** Hidden from its person, it may be there for them again. */
const mayBeTried = (problem: Problem): boolean => problem.kind === 'refused' || (problem.kind === 'missing' && problem.how === 'hidden');

async function takeBack(recorder: Recorder, entryId: string): Promise<void> {
  await inWorkTransaction(recorder.cache, async () => {
    const entry = await recorder.cache.outbox.get(entryId);
    if (entry === undefined && (await recorder.cache.receipts.get(entryId)) === undefined) return;
    if (entry === undefined || isFrozen(entry)) {
      throw new AppError(
        'refused',
        'This change is on its way to the server, or there already, and cannot be taken back any more. Change or delete the document instead.',
      );
    }
    await removeEntry(recorder, entry);
    decided(recorder, entry, 'its person: take back');
  });
  await tellJournal(recorder);
}

/** Takes an entry out that was not sent, with what only it brought about. Part of a transaction of the caller. */
export async function removeEntry(recorder: Recorder, entry: OutboxEntry): Promise<void> {
  const { cache } = recorder;
  const { doctype, name } = entry;
  const entries = await entriesOfDocument(cache, doctype, name);
  if (entry.operation.kind === 'create') {
    for (const each of entries) await dropEntry(recorder, each);
    await cache.documents.delete([doctype, name]);
    await cache.aliases.where('temporary').equals(name).modify({ name: null });
    return;
  }
  await dropEntry(recorder, entry);
  const row = await cache.documents.get([doctype, name]);
  if (row === undefined) return;
  const left = entries.filter((other) => other.id !== entry.id);
  if (left.length === 0 && entry.state.at === 'parked' && entry.state.problem.kind === 'missing') {
    // It was kept for what was unsent alone.
    return forgetDocument(cache, doctype, name);
  }
  await refill(recorder, entry);
  // A delete gave up the edits before it: the document is what it is without them.
  if (entry.operation.kind === 'update' || (entry.operation.kind === 'delete' && row.base !== undefined)) {
    const bundle = await readDocType(cache, doctype);
    await rebuildDocument(recorder, row, serverVersion(entry, row), left, bundle);
    const rebuilt = await cache.documents.get([doctype, name]);
    if (rebuilt !== undefined) {
      const now = docOf(rebuilt);
      await holdFinals(recorder, left, unseen(docOf(row), now, clashesOf(entry), bundle), now);
    }
  }
  await refreshMark(cache, doctype, name);
}

const clashesOf = ({ state }: OutboxEntry): Clash[] =>
  state.at === 'parked' && state.problem.kind === 'conflict' ? state.problem.clashes : [];

/** The newest version of the server that this device knows; null for a document that it has not seen. */
function serverVersion(entry: OutboxEntry, row: DocumentRow): Doc | null {
  if (entry.state.at === 'parked' && entry.state.problem.kind === 'conflict') return entry.state.problem.theirs;
  const base = baseOf(row);
  // What came after a delete was asked for stands over what was seen then.
  return base !== null && row.modified > (base.modified ?? '') ? docOf(row) : base;
}
