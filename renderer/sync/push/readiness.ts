import { cellWords, documentWords } from '@shared/sync/decision-words';
import { amendsUnsent, cutCycle, documentOf, waitsFor } from '@shared/sync/dependencies';
import type { DocumentKey, OutboxEntry } from '@shared/sync/outbox-entry';
import { decided } from '../../cache/decided';
import { readDocType } from '../../cache/doctypes';
import { flushJournal } from '../../cache/journal';
import { appendEntry, inWorkTransaction, putEntry, refreshMark } from '../../cache/work';
import type { Site } from '../site';
import { readOwners } from './names';
import { refusedHere } from './outcome';

/** Where no document made here is known. */
export const nobody = (): null => null;

const takenBack = refusedHere(
  'This refers to a document that was made on this device and then taken back. Choose another one, and it will be sent.',
);

/** `changed`: the outbox is not what was read any more. */
type Readiness = 'ready' | 'waits' | 'changed';

/**
 * Whether an entry may go now, by what it names; where that changes what it is, it is written down first. `owners`: which document
 * made here a temporary name belongs to.
 */
export async function readinessOf(
  site: Site,
  entry: OutboxEntry,
  entries: OutboxEntry[],
  owners: (name: string) => DocumentKey | null,
): Promise<Readiness> {
  const { on, lost } = waitsFor(entry, owners);
  const amended = amendsUnsent(entry, entries);
  if (amended !== null && !on.some((key) => documentOf(key) === documentOf(amended))) on.push(amended);
  if (lost.length > 0) {
    await parkIfLost(site, entry.id);
    return 'changed';
  }
  if (on.length === 0) {
    if (entry.state.at !== 'waiting') return 'ready';
    await setWaiting(site, entry, { at: 'queued' });
    return 'changed';
  }
  const cuts = cutCycle(entry, entries, owners, await readDocType(site.cache, entry.doctype));
  if (cuts !== null) {
    await cut(site, entry, cuts);
    return 'changed';
  }
  const same = entry.state.at === 'waiting' && JSON.stringify(entry.state.on) === JSON.stringify(on);
  if (!same) await setWaiting(site, entry, { at: 'waiting', on });
  return 'waits';
}

/**
 * By the database as it is now: what an entry names may have got its name at the server since the entry was read, and a
 * person may have chosen another one.
 */
async function parkIfLost(site: Site, id: string): Promise<void> {
  await inWorkTransaction(site.cache, async () => {
    const stored = await site.cache.outbox.get(id);
    if (stored === undefined || waitsFor(stored, await readOwners(site.cache)).lost.length === 0) return;
    decided(site, stored, 'parked: names a document that was taken back');
    await putEntry(site, { ...stored, state: { at: 'parked', since: site.now(), problem: takenBack } });
    await refreshMark(site.cache, stored.doctype, stored.name);
  });
  await flushJournal(site);
}

async function setWaiting(site: Site, entry: OutboxEntry, state: OutboxEntry['state']): Promise<void> {
  await inWorkTransaction(site.cache, async () => {
    const stored = await site.cache.outbox.get(entry.id);
    if (stored === undefined || (stored.state.at !== 'queued' && stored.state.at !== 'waiting')) return;
    // The entry may have been read before it was said.
    if (JSON.stringify(stored.state) === JSON.stringify(state)) return;
    await site.cache.outbox.put({ ...stored, state });
    decided(site, stored, state.at === 'waiting' ? `waits for what is not there yet: ${documentWords(state.on)}` : 'waits no longer');
    await refreshMark(site.cache, stored.doctype, stored.name);
  });
}

/** Two new documents name each other: an optional Link is left out of the create and set by an update that follows. */
async function cut(site: Site, entry: OutboxEntry, cuts: { fieldname: string; value: string }[]): Promise<void> {
  await inWorkTransaction(site.cache, async () => {
    const stored = await site.cache.outbox.get(entry.id);
    if (stored?.operation.kind !== 'create') return;
    const values = { ...stored.operation.values };
    for (const { fieldname } of cuts) delete values[fieldname];
    await putEntry(site, { ...stored, operation: { kind: 'create', values }, state: { at: 'queued' }, revision: stored.revision + 1 });
    decided(site, stored, `cut: names a document that names it; set by an edit that follows: ${cellWords(cuts)}`);
    const fields = Object.fromEntries(cuts.map(({ fieldname, value }) => [fieldname, value]));
    await appendEntry(site, {
      doctype: entry.doctype,
      name: entry.name,
      modified: null,
      seq: entry.seq + 0.5,
      operation: { kind: 'update', changes: { fields, tables: {} } },
    });
  });
  await flushJournal(site);
}
