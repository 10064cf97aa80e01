import { AppError } from '@shared/errors';
import { rowsOf } from '@shared/erp/document';
import type { DocTypeBundle } from '@shared/erp/doctype';
import type { Doc, DocumentValues } from '@shared/erp/document';
import { nameThatFollows } from '@shared/erp/name-that-follows';
import { isTemporaryName, temporaryName } from '@shared/erp/temporary-name';
import { numbered } from '@shared/sync/changes';
import { planEdit } from '@shared/sync/collapse';
import { changesWords } from '@shared/sync/decision-words';
import { tableFields } from '@shared/sync/document-fields';
import { endsEditing } from '@shared/sync/entry-state';
import type { OutboxEntry } from '@shared/sync/outbox-entry';
import { rebaseTyping } from '@shared/sync/rebase-typing';
import { rewriteNames, temporaryNamesIn } from '@shared/sync/rewrite-names';
import { readDocType } from './doctypes';
import { decided } from './decided';
import { docOf, baseOf } from './document-row';
import type { Cache } from './open-cache';
import type { Recorder } from './recorder';
import type { DocumentRow } from './rows';
import { appendEntry, dropEntry, entriesOfDocument, putEntry, refreshMark, writeEdited, writesOfDocument } from './work';

type Edit = { values: DocumentValues; from?: DocumentValues };

/**
 * Saves an edit of a document: into its queued create or edit, or as a new entry. `values`: the whole edited document; `from`: the
 * version that it was typed on, where that may not be the one kept here. Answers the entry that carries it, null when nothing
 * changed. Part of a transaction of the caller.
 * @throws AppError `refused` where it cannot follow what is queued, or where both changed the same.
 */
export async function recordEdit(recorder: Recorder, row: DocumentRow, change: Edit): Promise<{ name: string; entry: string | null }> {
  const { cache } = recorder;
  const { doctype, name } = row;
  const bundle = await readDocType(cache, doctype);
  const typed = await complete(recorder, change.values);
  const values = change.from === undefined ? typed : onTop(docOf(row), await complete(recorder, change.from), typed, bundle);
  const mine: Doc = { ...values, doctype, name };
  const entries = await entriesOfDocument(cache, doctype, name);
  const plan = planEdit({ current: docOf(row), base: baseOf(row), mine, entries }, bundle);
  if (plan.do === 'nothing') return { name, entry: null };
  if (plan.do === 'blocked') throw blocked(plan.by);
  const named = isTemporaryName(name) ? nameThatFollows(bundle?.doctype, values) : null;
  if (named !== null) await cache.aliases.update(name, { alias: named });
  await writeEdited(cache, named === null ? row : { ...row, alias: named }, mine, bundle);
  if (plan.do === 'put') {
    await putEntry(recorder, plan.entry);
    decided(recorder, plan.entry, `a later edit is collapsed into it: ${changesWords(plan.edit)}`);
  }
  if (plan.do === 'drop') {
    await dropEntry(recorder, plan.entry);
    decided(recorder, plan.entry, 'taken out: a later edit leads back to what the server has');
  }
  const added =
    plan.do === 'append'
      ? await appendEntry(recorder, { doctype, name, operation: { kind: 'update', changes: plan.changes }, modified: serverModified(row) })
      : null;
  await refreshMark(cache, doctype, name);
  return { name, entry: added?.id ?? (plan.do === 'put' ? plan.entry.id : null) };
}

/** What was typed, on top of the document as it is kept by now. @throws AppError `refused` where both changed the same. */
function onTop(now: Doc, from: DocumentValues, typed: DocumentValues, bundle: DocTypeBundle | undefined): DocumentValues {
  const { values, both } = rebaseTyping(bundle, from, typed, now);
  if (both.length === 0) return values;
  const labels = both.map((fieldname) => bundle?.doctype.fields.find((field) => field.fieldname === fieldname)?.label ?? fieldname);
  throw new AppError(
    'refused',
    `Somebody else changed the same while you were typing: ${labels.join(', ')}. Nothing was saved yet, and what you typed is still here. Look at it, and save again.`,
  );
}

/** The version of the server that a change is based on; null for a document made here. */
export const serverModified = (row: DocumentRow): string | null =>
  row.origin === 'local' && isTemporaryName(row.name) ? null : row.modified;

/** @throws AppError `refused` where an entry is in the way that writes the document: as a rule, one that ends editing. */
export async function mustBeFree(
  cache: Cache,
  row: DocumentRow,
  inTheWay: (entries: readonly OutboxEntry[]) => OutboxEntry | undefined = (entries) => entries.find(endsEditing),
): Promise<void> {
  const blocking = inTheWay(await writesOfDocument(cache, row.doctype, row.name));
  if (blocking !== undefined) throw blocked(blocking);
}

const blocked = (entry: OutboxEntry): AppError =>
  new AppError(
    'refused',
    `This document is waiting to be sent (${entry.operation.kind}), so it cannot be changed now. Take that back in the sync centre first, or wait until it was sent.`,
  );

/** Values with today's names for documents that were named meanwhile, and a name and `idx` for every row. */
export async function complete(recorder: Recorder, values: DocumentValues): Promise<DocumentValues> {
  const named: DocumentValues = { ...values };
  for (const table of tableFields(values)) {
    const rows = rowsOf(values, table);
    named[table] = numbered(rows.map((row) => (isNamed(row.name) ? row : { ...row, name: temporaryName(recorder.uuid()) })));
  }
  const old = [...temporaryNamesIn(named)];
  const aliases = await recorder.cache.aliases.bulkGet(old);
  const names = new Map(aliases.flatMap((alias) => (alias?.name == null ? [] : [[alias.temporary, alias.name] as const])));
  return rewriteNames(named, names);
}

const isNamed = (name: unknown): boolean => typeof name === 'string' && name !== '';
