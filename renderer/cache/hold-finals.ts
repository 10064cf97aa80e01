import type { Doc } from '@shared/erp/document';
import { problemWords } from '@shared/sync/decision-words';
import { endsEditing, isOpen } from '@shared/sync/entry-state';
import type { Clash, OutboxEntry } from '@shared/sync/outbox-entry';
import { seenSince } from '@shared/sync/seen';
import { decided } from './decided';
import type { Recorder } from './recorder';
import { putEntry } from './work';

const waits = (entry: OutboxEntry): boolean =>
  endsEditing(entry) && isOpen(entry) && !(entry.state.at === 'parked' && entry.state.problem.kind === 'missing');

/**
 * An edit below a submit (cancel, delete, workflow action) is gone, and the document is not what its person saw when they
 * asked for that: they look at it again. Part of a transaction of the caller.
 */
export async function holdFinals(recorder: Recorder, entries: OutboxEntry[], differences: Clash[], theirs: Doc): Promise<void> {
  if (differences.length === 0) return;
  const problem = { kind: 'changed-before-submit' as const, differences, theirs };
  for (const entry of entries.filter(waits)) {
    await putEntry(recorder, { ...entry, revision: entry.revision + 1, state: { at: 'parked', since: recorder.now(), problem } });
    decided(recorder, entry, `parked: ${problemWords(problem)}`);
  }
}

/** The edit below a submit was decided: what its person has seen of the other side by that is not asked for again. */
export async function noteShown(recorder: Recorder, entries: OutboxEntry[], shown: Clash[]): Promise<void> {
  for (const entry of entries) {
    if (entry.operation.kind !== 'submit' || !isOpen(entry)) continue;
    const operation = { kind: 'submit' as const, seen: seenSince(entry.operation.seen, shown) };
    await putEntry(recorder, { ...entry, revision: entry.revision + 1, operation });
  }
}
