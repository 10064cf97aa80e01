import { AppError, isStorageError } from '@shared/errors';
import { errorWords } from '@shared/sync/decision-words';
import { candidates, documentOf, nextDue, waitsFor } from '@shared/sync/dependencies';
import { inDoubt } from '@shared/sync/entry-state';
import type { DocumentKey, OutboxEntry } from '@shared/sync/outbox-entry';
import { decided } from '../../cache/decided';
import { allPaused, heldEntries } from '../../cache/paused';
import { inWorkTransaction, putEntry, refreshMark } from '../../cache/work';
import { storageError } from '../../cache/storage-error';
import { bundleOf } from '../site';
import type { Site } from '../site';
import { beginSending } from './begin';
import { conclude } from './conclude';
import { handle } from './handlers';
import { readOwners } from './names';
import type { Outcome } from './outcome';
import { nobody, readinessOf } from './readiness';

/** Entries on their way at once; the bridge keeps one more slot for what a person waits for. */
const atOnce = 4;

export type PushProgress = { done: number; total: number };

/**
 * The outbox as it was read: to read a thousand entries takes longer than to send one. What was tried since is left out
 * until it is read anew; an entry that changed meanwhile is not begun.
 */
type View = { entries: OutboxEntry[]; going: OutboxEntry[]; tried: Set<string>; doneBefore: number; allPaused: boolean };

/** `going`: the entries without those that stay here because their person paused uploads. */
async function look({ cache }: Site, doneBefore: number): Promise<View> {
  const entries = await cache.outbox.orderBy('seq').toArray();
  const paused = await allPaused(cache);
  const held = await heldEntries(cache, entries, paused);
  const going = held.size === 0 ? entries : entries.filter(({ id }) => !held.has(id));
  return { entries, going, tried: new Set(), doneBefore, allPaused: paused };
}

/**
 * Sends everything that can be sent, several documents at once, each document's changes in their turns.
 * Ends when nothing is left to do now; answers when the next entry's time comes (ms), or null.
 * @throws AppError where an attempt could not be written down; what else could be sent was.
 */
export async function push(site: Site, report: (progress: PushProgress | null) => void): Promise<number | null> {
  const running = new Map<string, Promise<void>>();
  try {
    return await sendAll(site, running, report);
  } finally {
    // What was begun is not to be taken for interrupted by the round after this one.
    await Promise.all(running.values());
    report(null);
  }
}

async function sendAll(site: Site, running: Map<string, Promise<void>>, report: (progress: PushProgress) => void): Promise<number | null> {
  const waiting = new Set<string>();
  /** Documents whose attempts could not be written down in this round, and why. */
  const stuck = new Map<string, AppError>();
  let done = 0;
  await doubtInterrupted(site);
  let view = await look(site, done);
  for (;;) {
    // Where this device cannot write, each attempt would only fail again.
    const mayBegin = site.watch.mayAsk && ![...stuck.values()].some(isStorageError);
    const next = mayBegin ? await choose(site, view, new Set([...running.keys(), ...stuck.keys()]), waiting, running.size) : [];
    const used = next.length === 0 && running.size < atOnce && view.tried.size > 0;
    if (next === 'again' || used) {
      waiting.clear();
      view = await look(site, done);
      continue;
    }
    for (const entry of next) {
      const key = documentOf(entry);
      view.tried.add(key);
      const ended = attempt(site, entry).then((error) => {
        if (error !== null) stuck.set(key, error);
        running.delete(key);
        done += 1;
        waiting.clear();
      });
      running.set(key, ended);
    }
    if (running.size === 0) {
      const [failure] = [...stuck.values()].sort((a, b) => Number(isStorageError(b)) - Number(isStorageError(a)));
      if (failure !== undefined) throw failure;
      return nextDue(
        view.going.filter((entry) => entry.state.at !== 'queued' || !waiting.has(entry.id)),
        site.now() + 1_000,
      );
    }
    report({ done, total: view.doneBefore + view.going.length });
    await Promise.race(running.values());
  }
}

/** Entries found as `sending` that this engine does not send: the one before it crashed there. They may have been done. */
async function doubtInterrupted(site: Site): Promise<void> {
  await inWorkTransaction(site.cache, async () => {
    for (const entry of await site.cache.outbox.where('state.at').equals('sending').toArray()) {
      if (entry.state.at !== 'sending') continue;
      const { since, baseline } = entry.state;
      await putEntry(site, inDoubt(entry, since, baseline));
      decided(site, entry, 'uncertain: found as sending, which nothing does any more');
      await refreshMark(site.cache, entry.doctype, entry.name);
    }
  });
}

/** Entries that may go now; those that wait for others are marked so. `again`: the outbox changed, look anew. */
async function choose(
  site: Site,
  { entries, going, tried, allPaused: paused }: View,
  held: ReadonlySet<string>,
  waiting: Set<string>,
  underWay: number,
): Promise<OutboxEntry[] | 'again'> {
  const ready = candidates(going, site.now(), held).filter((entry) => !waiting.has(entry.id) && !tried.has(documentOf(entry)));
  if (ready.length === 0 || underWay >= atOnce) return [];
  const sendsFile = ready.some(({ operation }) => operation.kind === 'attach');
  if (sendsFile && (await allPaused(site.cache)) !== paused) return 'again';
  let owners: ((name: string) => DocumentKey | null) | null = null;
  const chosen: OutboxEntry[] = [];
  const creating = new Set<string>();
  for (const entry of ready) {
    if (chosen.length + underWay >= atOnce) break;
    const create = entry.operation.kind === 'create';
    if (create && creating.has(entry.doctype)) continue;
    // Documents made here are looked through only where an entry names one: with a thousand changes that takes its time.
    if (owners === null && waitsFor(entry, nobody).lost.length > 0) owners = await readOwners(site.cache);
    const readiness = entry.state.at === 'uncertain' ? 'ready' : await readinessOf(site, entry, entries, owners ?? nobody);
    if (readiness === 'changed') return 'again';
    if (readiness === 'waits') {
      waiting.add(entry.id);
      continue;
    }
    if (create) creating.add(entry.doctype);
    chosen.push(entry);
  }
  return chosen;
}

/** One attempt, start to end. Never rejects; answers what kept it from being written down, or null. */
async function attempt(site: Site, entry: OutboxEntry): Promise<AppError | null> {
  try {
    if (entry.state.at === 'uncertain') {
      await conclude(site, entry, await act(site, entry, 'settle'));
      return null;
    }
    if (!(await isKnown(site, entry))) {
      await conclude(site, entry, { kind: 'send', now: false });
      return null;
    }
    const begun = await beginSending(site, entry);
    if (begun !== null) await conclude(site, begun, await act(site, begun, 'send'));
    return null;
  } catch (thrown) {
    // The database or the journal failed: nothing was decided. `sending` is taken for uncertain in the next round.
    const error = storageError(thrown);
    site.log('error', `${entry.operation.kind} ${entry.doctype}: ${error.message}`);
    return error;
  }
}

/**
 * How a create will be found again is told by its DocType, which a database that was lost does not have any more. False
 * where it cannot be asked for now.
 */
async function isKnown(site: Site, entry: OutboxEntry): Promise<boolean> {
  if (entry.operation.kind !== 'create') return true;
  try {
    await bundleOf(site, entry.doctype);
    return true;
  } catch (thrown) {
    decided(site, entry, `put off: its DocType is not known, ${errorWords(AppError.from(thrown))}`);
    return false;
  }
}

async function act(site: Site, entry: OutboxEntry, what: 'send' | 'settle'): Promise<Outcome> {
  try {
    return await handle(site, entry, what);
  } catch (thrown) {
    return { kind: 'failed', error: AppError.from(thrown) };
  }
}
