import { isTemporaryName } from '@shared/erp/temporary-name';
import { replay } from '@shared/sync/collapse';
import { rewriteNames } from '@shared/sync/rewrite-names';
import { decodeBody, encodeBody, textOf } from './body';
import type { Body } from './body';
import { baseOf } from './document-row';
import { renameFileNews } from './file-news';
import { noteForJournal } from './journal';
import { renameKeptPdf } from './kept-pdf';
import type { Recorder } from './recorder';
import type { DocumentRow } from './rows';
import { entriesOfDocument } from './work';

export type Renaming = {
  doctype: string;
  from: string;
  to: string;
  /** Names of rows of child tables that changed with it. */
  rows: ReadonlyMap<string, string>;
};

/**
 * Gives a document its new name everywhere this device has unsent work: the document itself, other edited documents,
 * outbox, attachments and aliases, in any field of any type. Part of a transaction of the caller. Only documents with
 * unsent work can hold a temporary name, so only these are rewritten.
 */
export async function renameEverywhere(recorder: Recorder, renaming: Renaming): Promise<void> {
  const { cache } = recorder;
  const { doctype, from, to } = renaming;
  // A name that the server gave may be the text of any field, so only a temporary one is replaced wherever it stands.
  const names = isTemporaryName(from) ? new Map([...renaming.rows, [from, to]]) : renaming.rows;

  const row = await cache.documents.get([doctype, from]);
  const there = from === to ? undefined : await cache.documents.get([doctype, to]);
  if (row !== undefined) {
    await cache.documents.delete([doctype, from]);
    // A copy under the new name is newer than an unedited one under the old.
    const keepsThere = there !== undefined && row.base === undefined && !isTemporaryName(from);
    if (!keepsThere) await cache.documents.put({ ...rewriteRow(row, names), name: to });
    else await cache.documents.put(joinedTo(there, row));
  }
  await rewriteEdited(recorder, names, [doctype, to]);
  const files = await renameAttachments(recorder, renaming);
  await rewriteOutbox(recorder, names, renaming, files);
  if (row?.base !== undefined && there?.mark !== undefined) await joinEdits(recorder, doctype, to);
  await cache.aliases.where('[doctype+name]').equals([doctype, from]).modify({ name: to });
  const docinfo = await cache.docinfo.get([doctype, from]);
  if (docinfo !== undefined) {
    await cache.docinfo.delete([doctype, from]);
    await cache.docinfo.put({ ...docinfo, name: to });
  }
  await renameKeptPdf(cache, doctype, from, to);
  await renameFileNews(cache, doctype, from, to);
}

/** Whoever submits or deletes it under its old name saw it as it was there: that is what it is compared with. */
const joinedTo = (there: DocumentRow, { alias, mark, body }: DocumentRow): DocumentRow => ({
  ...there,
  ...(alias === undefined ? {} : { alias }),
  ...(mark === undefined || there.base !== undefined ? {} : { base: body, mark }),
});

/** Answers the ids of those whose row has another name now: the journal keeps each with its entry. */
async function renameAttachments({ cache }: Recorder, { doctype, from, to, rows }: Renaming): Promise<ReadonlySet<string>> {
  const changed = new Set<string>();
  await cache.attachments
    .where('[doctype+name]')
    .equals([doctype, from])
    .modify((attachment) => {
      attachment.name = to;
      const row = attachment.row === undefined ? undefined : rows.get(attachment.row.row);
      if (attachment.row === undefined || row === undefined) return;
      attachment.row = { ...attachment.row, row };
      changed.add(attachment.id);
    });
  return changed;
}

/**
 * The document was edited under its old name and under its new one: all edits on the older base, for a merge to judge. As
 * they were typed: one that is on its way has its turn first, and may be the later.
 */
async function joinEdits(recorder: Recorder, doctype: string, name: string): Promise<void> {
  const row = await recorder.cache.documents.get([doctype, name]);
  const base = row === undefined ? null : baseOf(row);
  if (row === undefined || base === null) return;
  const entries = await entriesOfDocument(recorder.cache, doctype, name);
  await recorder.cache.documents.put({ ...row, body: encodeBody(replay(base, entries, (a, b) => a.seq - b.seq)) });
}

async function rewriteEdited(recorder: Recorder, names: ReadonlyMap<string, string>, except: [string, string]): Promise<void> {
  const rows = await recorder.cache.documents.orderBy('mark').toArray();
  const holding = rows.filter((row) => (row.doctype !== except[0] || row.name !== except[1]) && holdsAny(textOf(row.body), names));
  await recorder.cache.documents.bulkPut(holding.map((row) => rewriteRow(row, names)));
}

async function rewriteOutbox(
  recorder: Recorder,
  names: ReadonlyMap<string, string>,
  { doctype, from, to }: Renaming,
  files: ReadonlySet<string>,
): Promise<void> {
  const { cache } = recorder;
  for (const entry of await cache.outbox.toArray()) {
    const moved = from !== to && entry.doctype === doctype && entry.name === from;
    const itsFile = entry.operation.kind === 'attach' && files.has(entry.operation.attachment);
    if (!moved && !itsFile && !holdsAny(JSON.stringify(entry), names)) continue;
    const rewritten = { ...rewriteNames(entry, names), revision: entry.revision + 1, ...(moved ? { name: to } : {}) };
    await cache.outbox.put(rewritten);
    await noteForJournal(cache, 'put', rewritten, recorder.now());
  }
}

/** A cheap look before the expensive one. */
const holdsAny = (text: string, names: ReadonlyMap<string, string>): boolean =>
  [...names.keys()].some((name) => text.includes(JSON.stringify(name)));

function rewriteRow(row: DocumentRow, names: ReadonlyMap<string, string>): DocumentRow {
  const rewrite = (body: Body): string => encodeBody(rewriteNames(decodeBody(row, body), names));
  return { ...row, body: rewrite(row.body), ...(row.base === undefined ? {} : { base: rewrite(row.base) }) };
}

/** Row names that are temporary remember what they became, for a form that was open meanwhile. */
export async function rememberRows(recorder: Recorder, doctype: string, rows: ReadonlyMap<string, string>): Promise<void> {
  await recorder.cache.aliases.bulkPut([...rows].map(([temporary, name]) => ({ temporary, doctype, name, alias: null, number: 0 })));
}
