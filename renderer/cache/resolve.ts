import { AppError } from '@shared/errors';
import { hasChanges } from '@shared/sync/changes';
import type { CellPath, OutboxEntry, Problem } from '@shared/sync/outbox-entry';
import { resolveClashes } from '@shared/sync/resolve-clashes';
import { shownOfTheirs, unseen } from '@shared/sync/seen';
import { decided } from './decided';
import { readDocType } from './doctypes';
import { holdFinals, noteShown } from './hold-finals';
import { foldEdits } from './fold-edits';
import { tellJournal } from './journal';
import { rebuildDocument } from './rebuild-document';
import type { Recorder } from './recorder';
import { recreate } from './recreate';
import { dropEntry, entriesOfDocument, inWorkTransaction, putEntry, refreshMark } from './work';

/** What a person decided about a parked entry. */
export type Resolution =
  /** Every clash chosen; one that is not keeps the server's value. */
  | { kind: 'conflict'; choices: { path: CellPath; take: 'mine' | 'theirs' }[] }
  /** The document on the server is the one made here. */
  | { kind: 'adopt'; name: string }
  /** It is another one: send ours too. */
  | { kind: 'send-anyway' }
  /** It was deleted there: make it anew from what is here. */
  | { kind: 'recreate' }
  /** Submit, cancel or delete what the server has now. */
  | { kind: 'submit-anyway' }
  /** Remove the file as it is called, and where it hangs, by now. */
  | { kind: 'detach-anyway' };

/**
 * Carries out a decision: the entry goes back to the queue in the new form.
 * @throws AppError `refused` when the entry waits for another decision, or none (any more).
 */
export async function resolve(recorder: Recorder, entryId: string, resolution: Resolution): Promise<void> {
  await inWorkTransaction(recorder.cache, async () => {
    const entry = await recorder.cache.outbox.get(entryId);
    if (entry?.state.at !== 'parked') throw outdated();
    await decide(recorder, entry, entry.state.problem, resolution);
    decided(recorder, entry, `its person: ${resolution.kind}`);
  });
  await tellJournal(recorder);
}

async function decide(recorder: Recorder, entry: OutboxEntry, problem: Problem, resolution: Resolution): Promise<void> {
  const queued = { ...entry, state: { at: 'queued' as const }, attempts: 0, lastError: null, revision: entry.revision + 1 };
  switch (resolution.kind) {
    case 'conflict':
      if (problem.kind !== 'conflict') throw outdated();
      return settleConflict(recorder, queued, problem, resolution.choices);
    case 'adopt':
      if (problem.kind !== 'may-exist') throw outdated();
      await putEntry(recorder, {
        ...queued,
        marker: { by: 'adopted', name: resolution.name },
        state: { at: 'uncertain', since: 0, baseline: null },
      });
      break;
    case 'send-anyway':
      if (problem.kind !== 'may-exist') throw outdated();
      await putEntry(recorder, await foldEdits(recorder, queued));
      break;
    case 'recreate':
      if (problem.kind !== 'missing' || problem.how !== 'gone') throw outdated();
      return recreate(recorder, entry);
    case 'submit-anyway':
      if (problem.kind !== 'changed-before-submit') throw outdated();
      await putEntry(recorder, {
        ...queued,
        operation: entry.operation.kind === 'submit' ? { kind: 'submit', seen: {} } : entry.operation,
        modified: problem.theirs.modified ?? null,
      });
      break;
    case 'detach-anyway':
      if (problem.kind !== 'changed-file' || entry.operation.kind !== 'detach') throw outdated();
      await putEntry(recorder, { ...queued, operation: { ...entry.operation, fileName: problem.fileName, elsewhere: problem.on } });
      break;
  }
  await refreshMark(recorder.cache, entry.doctype, entry.name);
}

async function settleConflict(
  recorder: Recorder,
  entry: OutboxEntry,
  problem: Extract<Problem, { kind: 'conflict' }>,
  choices: { path: CellPath; take: 'mine' | 'theirs' }[],
): Promise<void> {
  const { cache } = recorder;
  const { doctype, name } = entry;
  const bundle = await readDocType(cache, doctype);
  const { changes } = resolveClashes(problem, choices, bundle);
  const entries = await entriesOfDocument(cache, doctype, name);
  const others = entries.filter((other) => other.id !== entry.id);
  const settled: OutboxEntry = { ...entry, operation: { kind: 'update', changes }, modified: problem.theirs.modified ?? null };
  if (hasChanges(changes)) await putEntry(recorder, settled);
  else await dropEntry(recorder, entry);
  const row = await cache.documents.get([doctype, name]);
  if (row !== undefined) await rebuildDocument(recorder, row, problem.theirs, hasChanges(changes) ? [...others, settled] : others, bundle);
  const shown = shownOfTheirs(problem.clashes, choices);
  if (hasChanges(changes)) await noteShown(recorder, others, shown);
  else await holdFinals(recorder, others, unseen(problem.mine, problem.theirs, shown, bundle), problem.theirs);
  await refreshMark(cache, doctype, name);
}

const outdated = (): AppError =>
  new AppError(
    'refused',
    'This was decided already, or the change waits for something else now. Nothing was lost; look at it again in the sync centre.',
  );
