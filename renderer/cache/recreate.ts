import { rowsOf } from '@shared/erp/document';
import type { Doc } from '@shared/erp/document';
import { temporaryName } from '@shared/erp/temporary-name';
import { AppError } from '@shared/errors';
import { tableFields } from '@shared/sync/document-fields';
import { endsEditing, isOpen, mayBeDone, triedAgain } from '@shared/sync/entry-state';
import type { OutboxEntry } from '@shared/sync/outbox-entry';
import { rewriteNames } from '@shared/sync/rewrite-names';
import { valuesAnew } from '@shared/sync/values-anew';
import { addAlias } from './aliases';
import { docOf } from './document-row';
import { readDocType } from './doctypes';
import type { Recorder } from './recorder';
import { rebuildDocument } from './rebuild-document';
import { renameEverywhere } from './rename';
import { appendEntry, dropEntry, entriesOfDocument, putEntry, refreshMark } from './work';

/**
 * A document that was deleted on the server is made anew as it is here, whichever of its changes stood before its person:
 * it gets a temporary name again, its edits are part of the create, and all else that waits follows that. Part of a
 * transaction of the caller.
 * @throws AppError `refused` where the document is not on this device any more.
 */
export async function recreate(recorder: Recorder, { doctype, name }: OutboxEntry): Promise<void> {
  const { cache } = recorder;
  const row = await cache.documents.get([doctype, name]);
  if (row === undefined) {
    throw new AppError('refused', 'The document is not on this device any more, so it cannot be made anew. What you typed can be copied.');
  }
  const bundle = await readDocType(cache, doctype);
  const doc = docOf(row);
  const rows = newRowNames(recorder, doc);
  const operation = { kind: 'create' as const, values: rewriteNames(valuesAnew(doc, bundle), rows) };
  const fresh = temporaryName(recorder.uuid());
  const alias = await addAlias(cache, { doctype, temporary: fresh, given: null });
  await renameEverywhere(recorder, { doctype, from: name, to: fresh, rows });

  const entries = await entriesOfDocument(cache, doctype, fresh);
  const [edit, ...edits] = entries.filter((entry) => entry.operation.kind === 'update');
  const first = Math.min(...entries.map(({ seq }) => seq));
  if (edit === undefined) await appendEntry(recorder, { doctype, name: fresh, modified: null, operation, seq: first - 0.5 });
  else await putEntry(recorder, { ...followed(edit), seq: first - 0.5, operation });
  for (const other of edits) await dropEntry(recorder, other);
  // Files were deleted with the document.
  for (const other of entries.filter((entry) => entry.operation.kind === 'detach' && isOpen(entry))) await dropEntry(recorder, other);
  for (const other of entries.filter(({ operation: { kind } }) => kind !== 'update' && kind !== 'detach')) {
    await putEntry(recorder, endsEditing(other) ? askedAgain(recorder, other) : mayBeDone(other) ? inDoubtYet(other) : followed(other));
  }
  const moved = await cache.documents.get([doctype, fresh]);
  const left = await entriesOfDocument(cache, doctype, fresh);
  if (moved !== undefined) await rebuildDocument(recorder, { ...moved, alias }, null, left, bundle);
  await refreshMark(cache, doctype, fresh);
}

const newRowNames = (recorder: Recorder, doc: Doc): Map<string, string> =>
  new Map(
    tableFields(doc)
      .flatMap((table) => rowsOf(doc, table))
      .map((each) => [each.name, temporaryName(recorder.uuid())]),
  );

/** Nothing of it is on the new document. What is on its way to the old one is told in time that it is not there. */
function followed({ unanswered: _unanswered, ...entry }: OutboxEntry): OutboxEntry {
  const state = entry.state.at === 'sending' ? entry.state : { at: 'queued' as const };
  return { ...entry, revision: entry.revision + 1, modified: null, marker: null, attempts: 0, lastError: null, state };
}

/** A file or comment that may have come late stands under the old name, which the new document may be given again. */
const inDoubtYet = (entry: OutboxEntry): OutboxEntry => ({
  ...followed(entry),
  unanswered: true,
  state: isOpen(entry) ? triedAgain(entry).state : entry.state,
});

/** Asked for on a document that is gone: whether it holds for the new one is its person's to say. */
const askedAgain = (recorder: Recorder, entry: OutboxEntry): OutboxEntry => ({
  ...followed(entry),
  state: {
    at: 'parked',
    since: recorder.now(),
    problem: {
      kind: 'refused',
      code: 'refused',
      message:
        'The document was deleted on the server and made anew after this was asked for. Nothing of it was done: look at the document, then try again or discard this.',
      serverMessages: [],
      fields: [],
    },
  },
});
