import { isOpen } from '@shared/sync/entry-state';
import type { Attachment, OutboxEntry } from '@shared/sync/outbox-entry';
import { decided } from './decided';
import { recordDetach } from './detach';
import { tellJournal } from './journal';
import { removeEntry } from './outbox';
import { mustBeFree } from './record-edit';
import type { Recorder } from './recorder';
import { entriesOfDocument, inWorkTransaction, putEntry, refreshMark } from './work';

/** Holds one upload back, or lets it go on at once. What is on its way is for the caller to stop. */
export async function pauseUpload(recorder: Recorder, entryId: string, paused: boolean): Promise<void> {
  await inWorkTransaction(recorder.cache, async () => {
    const entry = await recorder.cache.outbox.get(entryId);
    if (entry?.operation.kind !== 'attach' || (entry.paused === true) === paused) return;
    const { paused: _paused, ...going } = entry;
    const state: OutboxEntry['state'] = entry.state.at === 'queued' ? { at: 'queued' } : entry.state;
    await putEntry(recorder, { ...going, state, revision: entry.revision + 1, ...(paused ? { paused: true } : {}) });
    decided(recorder, entry, paused ? 'its person: pause' : 'its person: go on');
  });
  await tellJournal(recorder);
}

/**
 * What became of a file that its person does not want on the document any more. `stopping`: it is on its way, and may have
 * arrived: it is looked for, stays where it is found, and is not sent where it is not.
 */
export type TakenAway = 'taken-back' | 'stopping' | 'queued' | 'gone';

/**
 * Takes away a file that this device attached, wherever it is by now: not sent, it is taken back; sent, its removal is queued.
 * @throws AppError `refused` as `recordDetach` does, and where the document is about to be deleted.
 */
export async function takeAway(recorder: Recorder, attachmentId: string): Promise<TakenAway> {
  const done = await inWorkTransaction(recorder.cache, async () => {
    const attachment = await recorder.cache.attachments.get(attachmentId);
    return attachment === undefined ? 'gone' : await take(recorder, attachment);
  });
  await tellJournal(recorder);
  return done;
}

async function take(recorder: Recorder, { id, doctype, name, remote, fileName }: Attachment): Promise<TakenAway> {
  const { cache } = recorder;
  const entries = await entriesOfDocument(cache, doctype, name);
  const entry = entries.find(({ operation }) => operation.kind === 'attach' && operation.attachment === id);
  if (entry !== undefined) return takeUnsent(recorder, entry);
  const row = await cache.documents.get([doctype, name]);
  if (row === undefined || remote === null) return 'gone';
  await mustBeFree(cache, row, (all) => all.find(({ operation }) => operation.kind === 'delete'));
  await recordDetach(recorder, row, { file: remote.name, url: remote.url, fileName: remote.fileName, shown: fileName });
  return 'queued';
}

async function takeUnsent(recorder: Recorder, entry: OutboxEntry): Promise<TakenAway> {
  if (entry.operation.kind !== 'attach') return 'gone';
  if (isOpen(entry)) {
    await removeEntry(recorder, entry);
    decided(recorder, entry, 'its person: take back');
    return 'taken-back';
  }
  await putEntry(recorder, { ...entry, operation: { ...entry.operation, cancelled: true }, revision: entry.revision + 1 });
  decided(recorder, entry, 'its person: stop');
  await refreshMark(recorder.cache, entry.doctype, entry.name);
  return 'stopping';
}
