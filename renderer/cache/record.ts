import type { StoredFile } from '@shared/bridge/files';
import { AppError } from '@shared/errors';
import type { Doc, DocumentValues } from '@shared/erp/document';
import { nameThatFollows } from '@shared/erp/name-that-follows';
import { temporaryName } from '@shared/erp/temporary-name';
import { endsEditing, isBeside, isFrozen } from '@shared/sync/entry-state';
import type { Operation, OutboxEntry, RowPath } from '@shared/sync/outbox-entry';
import { seenBefore } from '@shared/sync/seen';
import { addAlias } from './aliases';
import { recordDetach } from './detach';
import type { SeenFile } from './detach';
import { readDocType } from './doctypes';
import { docOf, toRow } from './document-row';
import { findRow } from './documents';
import { tellJournal } from './journal';
import { complete, mustBeFree, recordEdit, serverModified } from './record-edit';
import type { Recorder } from './recorder';
import type { DocumentRow } from './rows';
import { appendEntry, dropEntry, entriesOfDocument, inWorkTransaction, refreshMark } from './work';

export type { Recorder };

/** Anything a person can do to a document. */
export type Change =
  /** `name` only where the DocType's naming is by prompt. */
  | { kind: 'create'; doctype: string; values: DocumentValues; name?: string }
  /** `values`: the whole edited document; `from`: the version it was typed on, where that may not be the one kept here. */
  | { kind: 'update'; doctype: string; name: string; values: DocumentValues; from?: DocumentValues }
  | ({ kind: 'submit'; doctype: string; name: string } & Beheld)
  | ({ kind: 'cancel'; doctype: string; name: string } & Beheld)
  | ({ kind: 'delete'; doctype: string; name: string } & Beheld)
  | ({ kind: 'workflow'; doctype: string; name: string; action: string; stateField: string; fromState: string; toState: string } & Beheld)
  | { kind: 'comment'; doctype: string; name: string; content: string }
  | ({ kind: 'attach'; doctype: string; name: string } & AttachedFile)
  | ({ kind: 'detach'; doctype: string; name: string } & SeenFile);

/** `fieldname`: the Attach field that it is for, of the document or of `row`. */
export type AttachedFile = { file: StoredFile; fileName: string; isPrivate: boolean; fieldname?: string; row?: RowPath };

/**
 * `beheld`: the version that the person decided on, where a newer one may have come to this device since: its `modified`,
 * null for a document that the server has not seen.
 */
type Beheld = { beheld?: string | null };

/** What is sent as it is, after everything that was done to the document before. */
type Followup = Exclude<Change, { kind: 'create' | 'update' | 'delete' | 'detach' }>;

export type Recorded = {
  /** The document's name; temporary for a new one. */
  name: string;
  /** The outbox entry that carries the change; null when nothing changed. */
  entry: string | null;
};

/**
 * Saves what a person did: the document, its outbox entry and a note for the journal in one transaction, then the
 * journal's fsync. When it returns, the work survives a crash and a power cut, and unless the journal could not be told the
 * loss of this database as well.
 * @throws AppError `not-found`, `refused` (a change that cannot follow what is queued), `storage`: then nothing was saved.
 */
export async function record(recorder: Recorder, change: Change): Promise<Recorded> {
  const recorded = await inWorkTransaction(recorder.cache, () => apply(recorder, change));
  await tellJournal(recorder);
  return recorded;
}

async function apply(recorder: Recorder, change: Change): Promise<Recorded> {
  if (change.kind === 'create') return create(recorder, change);
  const row = await findRow(recorder.cache, change.doctype, change.name);
  if (row === undefined) {
    throw new AppError(
      'not-found',
      `${change.doctype} ${change.name} is not on this device, so it cannot be changed here. Look it up on the server first.`,
    );
  }
  if (change.kind === 'update') return recordEdit(recorder, row, change);
  if ('beheld' in change && change.beheld !== (docOf(row).modified ?? null)) throw overtaken(change);
  if (change.kind === 'delete') return remove(recorder, row);
  await mustBeFree(recorder.cache, row, (entries) => inTheWay(entries, change));
  if (change.kind === 'detach') return recordDetach(recorder, row, change);
  return append(recorder, row, await operationOf(recorder, row, change));
}

async function create(recorder: Recorder, change: Extract<Change, { kind: 'create' }>): Promise<Recorded> {
  const { cache } = recorder;
  const name = temporaryName(recorder.uuid());
  const values = await complete(recorder, change.values);
  if (change.name !== undefined) values['name'] = change.name;
  const bundle = await readDocType(cache, change.doctype);
  const given = change.name ?? nameThatFollows(bundle?.doctype, values);
  const alias = await addAlias(cache, { doctype: change.doctype, temporary: name, given });
  const doc: Doc = { ...values, doctype: change.doctype, name, docstatus: 0 };
  delete doc.modified;
  await cache.documents.put(toRow(doc, { doctype: bundle?.doctype, origin: 'local', keptAt: recorder.now(), alias }));
  const entry = await appendEntry(recorder, { doctype: change.doctype, name, operation: { kind: 'create', values }, modified: null });
  await refreshMark(cache, change.doctype, name);
  return { name, entry: entry.id };
}

/** A document that the server has never seen is gone at once, with all that was to follow it. */
async function remove(recorder: Recorder, row: DocumentRow): Promise<Recorded> {
  const { cache } = recorder;
  const entries = await entriesOfDocument(cache, row.doctype, row.name);
  const first = entries[0];
  if (first?.operation.kind === 'create' && !isFrozen(first)) {
    for (const entry of entries) await dropEntry(recorder, entry);
    await cache.documents.delete([row.doctype, row.name]);
    await cache.aliases.where('temporary').equals(row.name).modify({ name: null });
    return { name: row.name, entry: null };
  }
  await mustBeFree(cache, row);
  for (const entry of entries.filter((candidate) => !isFrozen(candidate))) await dropEntry(recorder, entry);
  return append(recorder, row, { kind: 'delete' });
}

async function append(recorder: Recorder, row: DocumentRow, operation: Operation): Promise<Recorded> {
  const entry = await appendEntry(recorder, { doctype: row.doctype, name: row.name, operation, modified: serverModified(row) });
  await refreshMark(recorder.cache, row.doctype, row.name);
  return { name: row.name, entry: entry.id };
}

async function operationOf(recorder: Recorder, row: DocumentRow, change: Followup): Promise<Operation> {
  switch (change.kind) {
    case 'submit': {
      const entries = await entriesOfDocument(recorder.cache, row.doctype, row.name);
      return { kind: 'submit', seen: seenBefore(docOf(row), entries) };
    }
    case 'cancel':
      return { kind: 'cancel' };
    case 'workflow': {
      const { action, stateField, fromState, toState } = change;
      return { kind: 'workflow', action, stateField, fromState, toState };
    }
    case 'comment':
      return { kind: 'comment', content: change.content };
    case 'attach': {
      const id = recorder.uuid();
      await recorder.cache.attachments.put({
        id,
        doctype: row.doctype,
        name: row.name,
        file: change.file.id,
        md5: change.file.md5,
        size: change.file.size,
        type: change.file.type,
        fileName: change.fileName,
        isPrivate: change.isPrivate,
        fieldname: change.fieldname ?? null,
        ...(change.row === undefined ? {} : { row: change.row }),
        remote: null,
      });
      return { kind: 'attach', attachment: id };
    }
  }
}

/**
 * The unsent entry that keeps a change from being made. What is added to a document would go with a delete; a step of a
 * workflow may follow one that leads to where it starts.
 */
function inTheWay(entries: readonly OutboxEntry[], change: Followup | Extract<Change, { kind: 'detach' }>): OutboxEntry | undefined {
  if (isBeside(change.kind)) return entries.find(({ operation }) => operation.kind === 'delete');
  const ends = entries.filter(endsEditing);
  return change.kind === 'workflow' && leadTo(ends, change.fromState) ? undefined : ends[0];
}

const leadTo = (ends: readonly OutboxEntry[], state: string): boolean =>
  ends.every(
    ({ operation, state: { at } }, position) =>
      operation.kind === 'workflow' && at !== 'parked' && (position < ends.length - 1 || operation.toState === state),
  );

const overtaken = ({ doctype, name }: Change & { name: string }): AppError =>
  new AppError(
    'refused',
    `A newer version of ${doctype} ${name} came to this device while you decided. Nothing was done: look at it, and decide again.`,
  );
