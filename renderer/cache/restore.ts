import { z } from 'zod';
import type { JournalEntry } from '@shared/bridge/journal';
import { replay } from '@shared/sync/collapse';
import { dayMs } from '@shared/sync/due';
import { baselineIn, inDoubt } from '@shared/sync/entry-state';
import { lateMs } from '@shared/sync/marker';
import type { OutboxEntry } from '@shared/sync/outbox-entry';
import type { SafetyCopy } from '@shared/sync/sync-state';
import { encodeBody } from './body';
import { untoldDamage } from './damage';
import { decided } from './decided';
import { baseOf, docOf } from './document-row';
import { flushJournal, noteForJournal } from './journal';
import { keptNumber } from './meta';
import type { Recorder } from './recorder';
import type { JournalledWork } from './rows';
import { dropEntry, entriesOfDocument, inWorkTransaction, lastSeq, putEntry, refreshMark } from './work';

/** The envelope of what was journalled; the rest was written by this app and is parsed again where it is used. */
const envelope = z.looseObject({
  entry: z.looseObject({
    id: z.string(),
    seq: z.number(),
    doctype: z.string(),
    name: z.string(),
    operation: z.looseObject({ kind: z.string() }),
    state: z.looseObject({ at: z.string() }),
  }),
  document: z.looseObject({ doctype: z.string(), name: z.string(), body: z.string() }).nullable(),
  attachment: z.looseObject({ id: z.string() }).nullable(),
  alias: z.looseObject({ temporary: z.string() }).nullable(),
});

/** `restored`: how many changes came back; the rest is what could not. */
export type Restored = Pick<SafetyCopy, 'unreadable' | 'damaged'> & { restored: number };

/**
 * Makes the database and the journal agree, at each start: what the journal was not told yet it is told; unsent work
 * that the database lacks (it was lost, damaged or is older) comes back, as `queued` only if it never reached
 * `sending`, otherwise as `uncertain`, so that nothing that may have been sent is sent again unlooked. The same holds for
 * what the database has and the journal does not know any more: it ended while there was a newer database.
 */
export async function reconcileWithJournal(recorder: Recorder): Promise<Restored> {
  await forgetOutdatedNotes(recorder);
  await flushJournal(recorder);
  const told = await toldEntries(recorder);
  const journalled = await recorder.bridge.journal.read({ account: recorder.account });
  const { works, unreadable } = parseWorks(journalled);
  const unsent = new Set(journalled.filter(({ ended }) => ended !== true).map(({ id }) => id));
  const absorbed = new Set(works.flatMap(({ item, work }) => (unsent.has(item.id) ? (work.entry.absorbed ?? []) : [])));
  await dropAbsorbed(recorder, absorbed);
  await doubt(
    recorder,
    told.filter((id) => !unsent.has(id) && !absorbed.has(id)),
  );
  const restored = await restoreWorks(recorder, works, { imported: false });
  await flushJournal(recorder);
  const condition = await recorder.bridge.journal.condition({ account: recorder.account });
  const damaged = await untoldDamage(recorder.cache, condition);
  return { restored, unreadable: await countLacking(recorder, unreadable), damaged };
}

/** Of these entries, how many the database knows nothing of. */
async function countLacking({ cache }: Recorder, ids: string[]): Promise<number> {
  const known = await Promise.all([cache.outbox.bulkGet(ids), cache.receipts.bulkGet(ids)]);
  return ids.filter((_id, index) => known.every((rows) => rows[index] === undefined)).length;
}

/** What an older database was about to tell is not told over what the journal knows since. */
async function forgetOutdatedNotes({ cache, bridge, account }: Recorder): Promise<void> {
  if ((await cache.journalQueue.count()) === 0) return;
  const { works } = parseWorks(await bridge.journal.read({ account }));
  const newest = new Map(works.map(({ item, work }) => [item.id, work.entry.revision]));
  await cache.journalQueue.filter(({ id, kind, revision }) => kind === 'put' && revision < (newest.get(id) ?? 0)).delete();
}

/** What the journal was told before it is read: somebody may be saving meanwhile. */
async function toldEntries({ cache }: Recorder): Promise<string[]> {
  return cache.transaction('r', cache.outbox, cache.journalQueue, async () => {
    const untold = new Set(await cache.journalQueue.toCollection().primaryKeys());
    return (await cache.outbox.toCollection().primaryKeys()).filter((id) => !untold.has(id));
  });
}

/** Older copies of edits that became part of another one, which the journal has. */
async function dropAbsorbed(recorder: Recorder, ids: ReadonlySet<string>): Promise<void> {
  if (ids.size === 0) return;
  await inWorkTransaction(recorder.cache, async () => {
    for (const entry of await recorder.cache.outbox.bulkGet([...ids])) {
      if (entry === undefined) continue;
      await dropEntry(recorder, entry);
      decided(recorder, entry, 'dropped: an older copy of what had become part of another edit');
      await refreshMark(recorder.cache, entry.doctype, entry.name);
    }
  });
}

async function doubt(recorder: Recorder, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await inWorkTransaction(recorder.cache, async () => {
    for (const entry of await recorder.cache.outbox.bulkGet([...ids])) {
      if (entry === undefined) continue;
      // Another older copy may come back: the journal's is the newer one.
      await putEntry(recorder, { ...outlived(entry, recorder.now()), revision: entry.revision + 1 });
      await refreshMark(recorder.cache, entry.doctype, entry.name);
    }
  });
}

/** The entry as it is where something else than this database may have sent it since. */
function outlived(entry: OutboxEntry, now: number) {
  const { state } = entry;
  const sent = state.at === 'sending' || state.at === 'uncertain' ? state : null;
  // Clocks of devices may be off.
  const baseline = sent === null ? new Date(entry.createdAt - dayMs).toUTCString() : sent.baseline;
  return {
    ...entry,
    unanswered: true as const,
    state: { at: 'uncertain' as const, since: sent?.since ?? now, baseline, outlived: true as const },
  };
}

type KnownWork = { item: JournalEntry; work: JournalledWork };

/** Journalled entries in the shape in which they were written, and the ids of those that this version cannot read. */
export function parseWorks(items: JournalEntry[]): { works: KnownWork[]; unreadable: string[] } {
  const works: KnownWork[] = [];
  const unreadable: string[] = [];
  for (const item of items) {
    const parsed = envelope.safeParse(item.entry);
    // Written by `workOf` of this or an older version; the envelope was checked.
    if (parsed.success) works.push({ item, work: parsed.data as unknown as JournalledWork });
    else unreadable.push(item.id);
  }
  return { works, unreadable };
}

/**
 * Puts back what the database lacks; resolves to how many that were. `imported`: they come from another device, so that
 * this device's journal has to be told of them, and they stand behind what is here.
 */
export async function restoreWorks(recorder: Recorder, works: KnownWork[], { imported }: { imported: boolean }): Promise<number> {
  return inWorkTransaction(recorder.cache, async () => {
    const restored: JournalledWork[] = [];
    let last = imported ? await lastSeq(recorder.cache) : 0;
    for (const { item, work } of works) {
      const known = imported ? { ...work, entry: { ...work.entry, seq: ++last } } : work;
      if (!(await restoreEntry(recorder, item, known, imported))) continue;
      restored.push(known);
    }
    for (const key of keysOf(restored))
      await restoreDocument(
        recorder,
        key,
        works.map(({ work }) => work).filter((work) => sameDocument(work, key)),
      );
    return restored.length;
  });
}

async function restoreEntry(recorder: Recorder, item: JournalEntry, work: JournalledWork, imported: boolean): Promise<boolean> {
  const { cache } = recorder;
  const [known, receipt, ended] = await Promise.all([
    cache.outbox.get(item.id),
    cache.receipts.get(item.id),
    cache.journalQueue.get(item.id),
  ]);
  if (receipt !== undefined) {
    await noteForJournal(cache, 'done', work.entry, recorder.now());
    return false;
  }
  if (ended?.kind === 'done' || (known !== undefined && (imported || known.revision >= work.entry.revision))) return false;
  const entry = imported ? importedEntry(item, work.entry, recorder.now()) : restoredEntry(item, work.entry, recorder.now());
  await (imported ? putEntry(recorder, entry) : cache.outbox.put(entry));
  if (work.alias !== null && (await cache.aliases.get(work.alias.temporary)) === undefined) await cache.aliases.put(work.alias);
  if (work.attachment !== null) await cache.attachments.put(work.attachment);
  const counted = await keptNumber(cache, 'seq');
  if (counted === null || counted < entry.seq) await cache.meta.put({ key: 'seq', value: Math.ceil(entry.seq) });
  return true;
}

/**
 * The document as its unsent entries make it. Each entry was journalled with the document of its own moment, so that
 * none of these copies need hold what all of them did: the edits are made again on the version that they came from.
 */
async function restoreDocument(recorder: Recorder, [doctype, name]: [string, string], works: JournalledWork[]): Promise<void> {
  const edits = works.filter(({ entry }) => entry.operation.kind === 'create' || entry.operation.kind === 'update');
  const kept =
    edits.find(({ document, entry }) => document?.base !== undefined && baseOf(document)?.modified === entry.modified) ??
    edits.find(({ document }) => document !== null) ??
    works.find(({ document }) => document !== null);
  if (kept?.document == null) return;
  const entries = await entriesOfDocument(recorder.cache, doctype, name);
  const doc = replay(baseOf(kept.document) ?? docOf(kept.document), entries);
  await recorder.cache.documents.put({ ...kept.document, body: encodeBody(doc) });
  await refreshMark(recorder.cache, doctype, name);
}

const sameDocument = ({ entry }: JournalledWork, [doctype, name]: [string, string]): boolean =>
  entry.doctype === doctype && entry.name === name;

const keysOf = (works: JournalledWork[]): [string, string][] => [
  ...new Map(works.map(({ entry }) => [`${entry.doctype}\n${entry.name}`, [entry.doctype, entry.name] as [string, string]])).values(),
];

/**
 * The device that it comes from may have sent it after it was exported; what waits for a person there does so here. Where
 * nothing of it was under way then, one look tells: what a server is still at was not begun by then.
 */
function importedEntry({ sending, ended }: JournalEntry, entry: OutboxEntry, now: number): OutboxEntry {
  const { state, unanswered } = entry;
  if (state.at === 'parked') return { ...entry, unanswered: true };
  const doubted = outlived(entry, now);
  const untried = !sending && ended !== true && unanswered !== true && (state.at === 'queued' || state.at === 'waiting');
  return untried ? { ...doubted, state: { ...doubted.state, since: now - lateMs, lookedAt: new Date(0).toUTCString() } } : doubted;
}

function restoredEntry(item: JournalEntry, entry: OutboxEntry, now: number): OutboxEntry {
  const mayBeThere = item.sending || item.ended === true || entry.state.at === 'sending' || entry.state.at === 'uncertain';
  if (!mayBeThere) return entry.state.at === 'parked' ? entry : { ...entry, state: { at: 'queued' } };
  const baseline = baselineIn(entry);
  const since = entry.state.at === 'sending' || entry.state.at === 'uncertain' ? entry.state.since : now;
  return inDoubt(entry, since, baseline);
}
