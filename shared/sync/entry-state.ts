import type { OperationKind, OutboxEntry } from './outbox-entry';

/** Not on its way: may still be edited, collapsed or taken back. */
export const isOpen = (entry: OutboxEntry): boolean =>
  entry.state.at === 'queued' || entry.state.at === 'waiting' || entry.state.at === 'parked';

/** Sent, and perhaps done: nothing may touch it until that is known. */
export const isFrozen = (entry: OutboxEntry): boolean => !isOpen(entry);

/**
 * A create whose document may be on the server: a person has to say so, or to have it looked for. What they type meanwhile
 * was not part of that one.
 */
export const mayBeThere = ({ operation, state, unanswered }: OutboxEntry): boolean =>
  state.at === 'parked' && (state.problem.kind === 'may-exist' || (operation.kind === 'create' && unanswered === true));

/**
 * The entry as it is where nobody knows whether the attempt begun at `since` (ms) was done: it is looked for before it is
 * sent again, and what the attempt may have put on the server is taken for its own. `baseline` as for a create's look-up.
 */
export const inDoubt = (entry: OutboxEntry, since: number, baseline: string | null): OutboxEntry => ({
  ...entry,
  unanswered: true,
  state: { at: 'uncertain', since, baseline },
});

/** The time of the last answer before the attempt, as far as it is known. */
export const baselineIn = ({ state }: OutboxEntry): string | null => ('baseline' in state ? (state.baseline ?? null) : null);

/** The entry as it is tried again: looked for first, where an attempt of it was never answered. */
export const triedAgain = (entry: OutboxEntry): OutboxEntry => {
  const again = { ...entry, attempts: 0 };
  return entry.state.at === 'parked' && entry.unanswered === true
    ? inDoubt(again, entry.state.since, baselineIn(entry))
    : { ...again, state: { at: 'queued' } };
};

/** How a create is found again after its person changed what it sends: a name may follow from that. */
export const markerAfterEdit = ({ marker }: OutboxEntry): OutboxEntry['marker'] => (marker?.by === 'name' ? null : marker);

/** An attempt may have done it, and nothing but a look tells: sent again unlooked it would be there twice. */
export const mayBeDone = ({ operation: { kind }, unanswered }: OutboxEntry): boolean =>
  unanswered === true && (kind === 'attach' || kind === 'comment' || kind === 'workflow');

/** What is put beside a document, or taken from there, and leaves the document as it is. */
export const isBeside = (kind: OperationKind): boolean => kind === 'comment' || kind === 'attach' || kind === 'detach';

/** The others: a document is written by them. */
export const writingKinds: readonly OperationKind[] = ['create', 'update', 'submit', 'cancel', 'delete', 'workflow'];

/** Writes the document itself, unlike a comment or a file on it. */
export const writesDocument = ({ operation }: OutboxEntry): boolean => !isBeside(operation.kind);

/** What is done with a document as a whole, on the version that its person saw. */
export type FinalKind = Extract<OperationKind, 'submit' | 'cancel' | 'delete' | 'workflow'>;

export const isFinal = (kind: OperationKind): kind is FinalKind =>
  kind === 'submit' || kind === 'cancel' || kind === 'delete' || kind === 'workflow';

/** Ends a document's edits: nothing can be typed after it until it was sent or taken back. */
export const endsEditing = ({ operation }: OutboxEntry): boolean => isFinal(operation.kind);

/**
 * The turns of one document's entries: its create, without which the rest has nothing to go to, then what is on its way,
 * the rest in the order that it was made.
 */
export const byTurn = (a: OutboxEntry, b: OutboxEntry): number =>
  Number(isCreate(b)) - Number(isCreate(a)) || Number(isFrozen(b)) - Number(isFrozen(a)) || a.seq - b.seq;

const isCreate = ({ operation }: OutboxEntry): boolean => operation.kind === 'create';

/**
 * The state of an open entry after a person changed what it sends: it is tried again, unless its problem is not about
 * its contents (its document is gone), which a person has to answer first.
 */
export function stateAfterEdit(entry: OutboxEntry): OutboxEntry['state'] {
  const { state } = entry;
  if (state.at !== 'parked') return { at: 'queued' };
  return state.problem.kind === 'missing' ? state : { at: 'queued' };
}

/** The entry as it is once these later edits are part of it. */
export const absorbing = (entry: OutboxEntry, later: readonly OutboxEntry[]): OutboxEntry => {
  const ids = later.flatMap(({ id, absorbed }) => [id, ...(absorbed ?? [])]);
  return ids.length === 0 ? entry : { ...entry, absorbed: [...(entry.absorbed ?? []), ...ids] };
};
