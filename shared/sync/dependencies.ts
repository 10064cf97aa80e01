import { isTemporaryName } from '../erp/temporary-name';
import type { DocTypeBundle } from '../erp/doctype';
import { longestWaitMs } from './backoff';
import { byTurn, isFrozen, writesDocument } from './entry-state';
import { fieldsOf } from './document-fields';
import type { DocumentKey, OutboxEntry } from './outbox-entry';
import { temporaryNamesIn } from './rewrite-names';

/** What an entry waits for. `lost`: names of documents that were taken back: it can never be sent as it is. */
export type Waiting = { on: DocumentKey[]; lost: string[] };

/**
 * What must be on the server before an entry can go: the create of its own document, and every document made here that
 * it names in any field. `ownerOf` tells which document a temporary name (of a document or a row) belongs to.
 */
export function waitsFor(entry: OutboxEntry, ownerOf: (name: string) => DocumentKey | null): Waiting {
  const { operation } = entry;
  const payload = operation.kind === 'create' ? operation.values : operation.kind === 'update' ? operation.changes : null;
  const names = new Set(operation.kind === 'create' || !isTemporaryName(entry.name) ? [] : [entry.name]);
  const own = ownRows(operation);
  for (const name of temporaryNamesIn(payload)) if (!own.has(name)) names.add(name);

  const on = new Map<string, DocumentKey>();
  const lost: string[] = [];
  for (const name of names) {
    const owner = ownerOf(name);
    if (owner === null) lost.push(name);
    else if (owner.name !== entry.name || operation.kind !== 'create') on.set(`${owner.doctype}\n${owner.name}`, owner);
  }
  return { on: [...on.values()], lost };
}

/**
 * The document that an amendment amends, while its cancel (or whatever else was done to it here) is not on the server:
 * the server takes an amendment of a document that still stands. Null when there is nothing to wait for.
 */
export function amendsUnsent(entry: OutboxEntry, entries: OutboxEntry[]): DocumentKey | null {
  if (entry.operation.kind !== 'create') return null;
  const amended = entry.operation.values['amended_from'];
  if (typeof amended !== 'string' || amended === '') return null;
  const unsent = entries.some((other) => other.doctype === entry.doctype && other.name === amended && writesDocument(other));
  return unsent ? { doctype: entry.doctype, name: amended } : null;
}

/** Names of rows that the entry itself brings: the server names them, nothing waits for them. */
function ownRows(operation: OutboxEntry['operation']): Set<string> {
  if (operation.kind === 'create') {
    return new Set(Object.values(operation.values).flatMap((value) => (Array.isArray(value) ? value.map((row) => row.name) : [])));
  }
  if (operation.kind !== 'update') return new Set();
  return new Set(Object.values(operation.changes.tables).flatMap((table) => table.added.map((row) => row.name)));
}

/**
 * The entries that may be tried now: those of each document in their turns. A parked edit holds
 * up what else would be written to its document, but not a comment or a file, which do not depend on it.
 */
export function candidates(entries: OutboxEntry[], now: number, inFlight: ReadonlySet<string>): OutboxEntry[] {
  const busyCreates = new Set(
    entries.filter((entry) => entry.operation.kind === 'create' && inFlight.has(documentOf(entry))).map((entry) => entry.doctype),
  );
  return inTurn(entries).filter((entry) => {
    if (inFlight.has(documentOf(entry)) || entry.state.at === 'parked' || entry.state.at === 'sending') return false;
    // The naming series locks on the server: creates of one DocType go one after another.
    if (entry.operation.kind === 'create' && busyCreates.has(entry.doctype)) return false;
    return entry.state.at === 'waiting' || dueAt(entry.state.notBefore, now) <= now;
  });
}

/** The entries whose turn it is on their document: nothing that must go before them is left. */
function inTurn(entries: OutboxEntry[]): OutboxEntry[] {
  const before = new Map<string, { unsent: boolean; parkedWrite: boolean }>();
  return [...entries].sort(byTurn).filter((entry) => {
    const earlier = before.get(documentOf(entry)) ?? { unsent: false, parkedWrite: false };
    const writes = writesDocument(entry);
    const parked = entry.state.at === 'parked';
    before.set(documentOf(entry), { unsent: earlier.unsent || !parked, parkedWrite: earlier.parkedWrite || (parked && writes) });
    return !earlier.unsent && !(writes && earlier.parkedWrite);
  });
}

export const documentOf = (entry: { doctype: string; name: string }): string => `${entry.doctype}\n${entry.name}`;

/** No wait is as long as one that was written down under a clock that has been set back since: that one is over. */
const dueAt = (notBefore: number | undefined, now: number): number =>
  notBefore === undefined || notBefore > now + longestWaitMs ? now : notBefore;

/** When the next entry's time comes (ms), or null when none waits for a time. What stands behind another is not due by time. */
export function nextDue(entries: OutboxEntry[], now: number): number | null {
  const times = inTurn(entries).flatMap(({ state }) =>
    state.at === 'queued' || state.at === 'uncertain' ? [dueAt(state.notBefore, now)] : [],
  );
  return times.length === 0 ? null : Math.min(...times);
}

export type Cut = { fieldname: string; value: string };

/**
 * Where two new documents name each other: the optional Links of `entry` through which it waits for a document that
 * waits for it. They are left out of the create and set by an update that follows. Null: there is no such circle, or
 * nothing optional to cut it at.
 */
export function cutCycle(
  entry: OutboxEntry,
  entries: OutboxEntry[],
  ownerOf: (name: string) => DocumentKey | null,
  bundle?: DocTypeBundle,
): Cut[] | null {
  if (entry.operation.kind !== 'create' || isFrozen(entry)) return null;
  const { values } = entry.operation;
  const fields = fieldsOf(bundle);
  const cuts = Object.entries(values).flatMap(([fieldname, value]) => {
    if (!isTemporaryName(value) || fields.field(fieldname)?.reqd === 1) return [];
    const target = ownerOf(value);
    return target !== null && reaches(target, entry, entries, ownerOf) ? [{ fieldname, value }] : [];
  });
  return cuts.length > 0 ? cuts : null;
}

/** Does a document wait, directly or through others, for `goal`? */
function reaches(start: DocumentKey, goal: OutboxEntry, entries: OutboxEntry[], ownerOf: (name: string) => DocumentKey | null): boolean {
  const seen = new Set<string>();
  const open = [start];
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    if (documentOf(key) === documentOf(goal)) return true;
    if (seen.has(documentOf(key))) continue;
    seen.add(documentOf(key));
    const current = key;
    const create = entries.find((entry) => entry.operation.kind === 'create' && documentOf(entry) === documentOf(current));
    if (create !== undefined) open.push(...waitsFor(create, ownerOf).on);
  }
  return false;
}
