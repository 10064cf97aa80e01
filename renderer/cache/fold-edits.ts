import { applyChanges } from '@shared/sync/changes';
import { absorbing, isOpen, markerAfterEdit } from '@shared/sync/entry-state';
import type { OutboxEntry } from '@shared/sync/outbox-entry';
import { decided } from './decided';
import type { Recorder } from './recorder';
import { dropEntry, writesOfDocument } from './work';

/**
 * A create with the edits that were made while nobody knew whether its document was there: it is not, so that they are
 * part of what is sent. They are taken out of the outbox; the create is left to the caller, whose transaction this is.
 */
export async function foldEdits(recorder: Recorder, entry: OutboxEntry): Promise<OutboxEntry> {
  if (entry.operation.kind !== 'create') return entry;
  let folded = entry;
  for (const other of await writesOfDocument(recorder.cache, entry.doctype, entry.name)) {
    if (other.id === entry.id || folded.operation.kind !== 'create') continue;
    if (other.operation.kind !== 'update' || !isOpen(other)) break;
    const values = applyChanges(folded.operation.values, other.operation.changes);
    const marker = markerAfterEdit(entry);
    folded = { ...absorbing(folded, [other]), operation: { kind: 'create', values }, marker, revision: folded.revision + 1 };
    await dropEntry(recorder, other);
    decided(recorder, other, 'collapsed into the create before it, which was not done');
  }
  return folded;
}
