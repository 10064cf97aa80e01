import type { DocumentValues, FieldValue } from '@shared/erp/document';
import { AppError } from '@shared/errors';
import { attachCells } from '@shared/sync/attach-cells';
import { cellOf } from '@shared/sync/cell-of';
import { applyChanges } from '@shared/sync/changes';
import type { CellPath, Detach, OutboxEntry } from '@shared/sync/outbox-entry';
import { noChanges, withCell } from '@shared/sync/with-cell';
import { readDocType } from './doctypes';
import { docOf } from './document-row';
import type { Cache } from './open-cache';
import { recordEdit, serverModified } from './record-edit';
import type { Recorder } from './recorder';
import type { DocumentRow } from './rows';
import { appendEntry, entriesOfDocument, refreshMark } from './work';

/** A file of the server as it was seen: see `Detach`. */
export type SeenFile = Pick<Detach, 'file' | 'url' | 'fileName' | 'shown'>;

/**
 * Queues the removal of a file from its document, behind an edit that empties the Attach fields which hold its address: newer
 * servers remove no file that a field holds (`File.on_trash`), and older ones would leave the field with an address of
 * nothing. Asked for twice, it is one. Part of a transaction of the caller.
 * @throws AppError `refused` where a required field holds it, or where the document cannot be edited now.
 */
export async function recordDetach(recorder: Recorder, row: DocumentRow, seen: SeenFile): Promise<{ name: string; entry: string }> {
  const { cache } = recorder;
  const { doctype, name } = row;
  const asked = (await entriesOfDocument(cache, doctype, name)).find(({ operation }) => isOf(operation, seen.file));
  if (asked !== undefined) return { name, entry: asked.id };
  const cells = (await hasTwin(cache, row, seen)) ? [] : await emptied(recorder, row, seen);
  const { file, url, fileName, shown } = seen;
  const operation: Detach = { kind: 'detach', file, url, fileName, shown, cells };
  const entry = await appendEntry(recorder, { doctype, name, operation, modified: serverModified(row) });
  await refreshMark(cache, doctype, name);
  return { name, entry: entry.id };
}

/** The file stays: the fields that were emptied for its removal hold it again, unless something else was put there since. */
export async function refill(recorder: Recorder, { doctype, name, operation }: OutboxEntry): Promise<void> {
  if (operation.kind !== 'detach' || operation.cells.length === 0) return;
  const row = await recorder.cache.documents.get([doctype, name]);
  if (row === undefined) return;
  const doc = docOf(row);
  const empty = operation.cells.filter((path) => cellOf(doc, path) === '');
  if (empty.length > 0) await recordEdit(recorder, row, { values: withCells(doc, empty, operation.url) });
}

const isOf = (operation: OutboxEntry['operation'], file: string): boolean => operation.kind === 'detach' && operation.file === file;

/** The same bytes may be attached twice: the address stays, then. */
async function hasTwin(cache: Cache, { doctype, name }: DocumentRow, { file, url }: SeenFile): Promise<boolean> {
  const there = (await cache.docinfo.get([doctype, name]))?.attachments ?? [];
  const own = await cache.attachments.where('[doctype+name]').equals([doctype, name]).toArray();
  return (
    there.some((other) => other.name !== file && other.file_url === url) ||
    own.some(({ remote }) => remote !== null && remote.name !== file && remote.url === url)
  );
}

async function emptied(recorder: Recorder, row: DocumentRow, { url }: SeenFile): Promise<CellPath[]> {
  const doc = docOf(row);
  const { cells, required } = attachCells(doc, await readDocType(recorder.cache, row.doctype), url);
  if (required !== null) {
    const field = required.label ?? required.fieldname;
    throw new AppError(
      'refused',
      `The field ${field} must hold a file, and holds this one. Put another file there and save, then remove this one.`,
    );
  }
  if (cells.length > 0) await recordEdit(recorder, row, { values: withCells(doc, cells, null) });
  return cells;
}

const withCells = (doc: DocumentValues, cells: readonly CellPath[], value: FieldValue): DocumentValues =>
  applyChanges(
    doc,
    cells.reduce((changes, path) => withCell(changes, path, value), noChanges),
  );
