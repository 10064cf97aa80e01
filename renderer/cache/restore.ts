import { z } from 'zod';
import type { JournalEntry } from '@shared/bridge/journal';
import type { OutboxEntry } from '@shared/sync/outbox-entry';
import { flushJournal } from './journal';
import type { Recorder } from './recorder';
import type { JournalledWork } from './rows';
import { inWorkTransaction, refreshMark } from './work';

/** The envelope of what was journalled; the rest was written by this app and is parsed again where it is used. */
const envelope = z.looseObject({
  entry: z.looseObject({ id: z.string(), seq: z.number(), doctype: z.string(), name: z.string(), operation: z.looseObject({ kind: z.string() }), state: z.looseObject({ at: z.string() }) }),
  document: z.looseObject({ doctype: z.string(), name: z.string(), body: z.string() }).nullable(),
  attachment: z.looseObject({ id: z.string() }).nullable(),
  alias: z.looseObject({ temporary: z.string() }).nullable(),
});

export type Restored = { restored: number; unreadable: number };

/**
 * Makes the database and the journal agree, at each start: what the journal was not told yet it is told; unsent work
 * that the database lacks (it was lost, damaged or is older) comes back, as `queued` only if it never reached
 * `sending`, otherwise as `uncertain`, so that nothing that may have been sent is sent again unlooked.
 */
export async function reconcileWithJournal(recorder: Recorder): Promise<Restored> {
  await flushJournal(recorder);
  const journalled = await recorder.bridge.journal.read({ account: recorder.account });
  const result: Restored = { restored: 0, unreadable: 0 };
  for (const item of journalled) {
    const parsed = envelope.safeParse(item.entry);
    if (!parsed.success) {
      result.unreadable += 1;
      continue;
    }
    // Written by `workOf` of this or an older version; the envelope was checked above.
    if (await restoreOne(recorder, item, parsed.data as unknown as JournalledWork)) result.restored += 1;
  }
  return result;
}

async function restoreOne(recorder: Recorder, item: JournalEntry, work: JournalledWork): Promise<boolean> {
  const { cache } = recorder;
  return inWorkTransaction(cache, async () => {
    const [known, receipt, ended] = await Promise.all([cache.outbox.get(item.id), cache.receipts.get(item.id), cache.journalQueue.get(item.id)]);
    if (receipt !== undefined) {
      await cache.journalQueue.put({ id: item.id, kind: 'done', revision: work.entry.revision, at: recorder.now() });
      return false;
    }
    if (ended?.kind === 'done' || (known !== undefined && known.revision >= work.entry.revision)) return false;
    const entry = restoredEntry(item, work.entry, recorder.now());
    await cache.outbox.put(entry);
    if (work.alias !== null && (await cache.aliases.get(work.alias.temporary)) === undefined) await cache.aliases.put(work.alias);
    if (work.attachment !== null) await cache.attachments.put(work.attachment);
    const there = await cache.documents.get([entry.doctype, entry.name]);
    if (work.document !== null && there?.mark === undefined) await cache.documents.put(work.document);
    const counted = (await cache.meta.get('seq'))?.value;
    if (typeof counted !== 'number' || counted < entry.seq) await cache.meta.put({ key: 'seq', value: entry.seq });
    await refreshMark(cache, entry.doctype, entry.name);
    return true;
  });
}

function restoredEntry(item: JournalEntry, entry: OutboxEntry, now: number): OutboxEntry {
  const mayBeThere = item.sending || entry.state.at === 'sending' || entry.state.at === 'uncertain';
  if (!mayBeThere) return entry.state.at === 'parked' ? entry : { ...entry, state: { at: 'queued' } };
  const baseline = 'baseline' in entry.state ? entry.state.baseline : null;
  const since = entry.state.at === 'sending' || entry.state.at === 'uncertain' ? entry.state.since : now;
  return { ...entry, state: { at: 'uncertain', since, baseline } };
}
