import { Dexie } from 'dexie';
import { byTurn, writingKinds } from '@shared/sync/entry-state';
import type { Operation, OutboxEntry } from '@shared/sync/outbox-entry';
import type { Doc } from '@shared/erp/document';
import type { DocTypeBundle } from '@shared/erp/doctype';
import { docOf, toRow } from './document-row';
import { encodeBody } from './body';
import { noteFileNews } from './file-news';
import { noteForJournal } from './journal';
import { forgetKeptPdf } from './kept-pdf';
import { keptNumber } from './meta';
import type { Cache } from './open-cache';
import { workTables } from './open-cache';
import type { Recorder } from './recorder';
import { strongerOrigin } from './rows';
import type { DocumentRow, Mark } from './rows';

/**
 * Runs `body` in one transaction over everything that work touches. Nothing but Dexie calls may be awaited in it.
 * The inner function must be `async` itself: Dexie keeps a transaction over native promises only for those.
 */
export const inWorkTransaction = async <T>(cache: Cache, body: () => Promise<T>): Promise<T> =>
  cache.transaction('rw', workTables, async () => body());

/** All entries of a document in their turns. */
export async function entriesOfDocument(cache: Cache, doctype: string, name: string): Promise<OutboxEntry[]> {
  return (await cache.outbox.where('[doctype+name]').equals([doctype, name]).toArray()).sort(byTurn);
}

/** The same of those that write the document itself, unlike what is put beside it: of that there may be a thousand. */
export async function writesOfDocument(cache: Cache, doctype: string, name: string): Promise<OutboxEntry[]> {
  const keys = writingKinds.map((kind) => [doctype, name, kind]);
  return (await cache.outbox.where('[doctype+name+operation.kind]').anyOf(keys).toArray()).sort(byTurn);
}

/** The last place in the outbox that was ever taken, so that none is given twice. */
export async function lastSeq(cache: Cache): Promise<number> {
  const last = await cache.outbox.orderBy('seq').last();
  return Math.max(last?.seq ?? 0, (await keptNumber(cache, 'seq')) ?? 0);
}

/** A new entry at the end of the outbox, noted for the journal. */
export async function appendEntry(
  recorder: Recorder,
  entry: { doctype: string; name: string; operation: Operation; modified: string | null; seq?: number },
): Promise<OutboxEntry> {
  const { cache } = recorder;
  const now = recorder.now();
  const seq = (await lastSeq(cache)) + 1;
  await cache.meta.put({ key: 'seq', value: seq });
  const added: OutboxEntry = {
    id: recorder.uuid(),
    seq,
    revision: 1,
    ...entry,
    marker: null,
    state: { at: 'queued' },
    attempts: 0,
    createdAt: now,
    lastError: null,
  };
  await cache.outbox.put(added);
  await noteForJournal(cache, 'put', added, now);
  return added;
}

export async function putEntry(recorder: Recorder, entry: OutboxEntry): Promise<void> {
  await recorder.cache.outbox.put(entry);
  await noteForJournal(recorder.cache, 'put', entry, recorder.now());
}

/** Takes an entry out for good; the journal is told that it ended. */
export async function dropEntry(recorder: Recorder, entry: OutboxEntry): Promise<void> {
  await recorder.cache.outbox.delete(entry.id);
  if (entry.operation.kind === 'attach') await recorder.cache.attachments.delete(entry.operation.attachment);
  await noteForJournal(recorder.cache, 'done', entry, recorder.now());
}

/** Nothing of the document stays here, nor what was last seen of its comments and files, nor its PDF, nor what was told of files. */
export async function forgetDocument(cache: Cache, doctype: string, name: string): Promise<void> {
  await cache.documents.delete([doctype, name]);
  await cache.docinfo.delete([doctype, name]);
  await forgetKeptPdf(cache, doctype, name);
  await noteFileNews(cache, doctype, name, null);
}

/** The document with new values; `base` is set when its first unsent change is made, and kept. */
export async function writeEdited(cache: Cache, row: DocumentRow, mine: Doc, bundle: DocTypeBundle | undefined): Promise<void> {
  const base = row.base ?? (row.origin === 'local' ? undefined : row.body);
  await cache.documents.put({
    ...toRow(withIdentity(mine, docOf(row)), { doctype: bundle?.doctype, origin: row.origin, keptAt: row.keptAt, alias: row.alias }),
    modified: row.modified,
    ...(base === undefined ? {} : { base }),
    ...(row.mark === undefined ? {} : { mark: row.mark }),
  });
}

/** A form may not change who made a document, when, or its docstatus: those are the server's. */
function withIdentity(mine: Doc, current: Doc): Doc {
  const kept: Doc = { ...mine, doctype: current.doctype, name: current.name };
  for (const field of ['owner', 'creation', 'modified', 'modified_by', 'docstatus', 'idx'] as const) {
    if (current[field] === undefined) delete kept[field];
    else Object.assign(kept, { [field]: current[field] });
  }
  return kept;
}

/** The server's version as the only one: no unsent values are left. */
export async function writeClean(cache: Cache, row: DocumentRow, doc: Doc, bundle: DocTypeBundle | undefined, now: number): Promise<void> {
  await cache.documents.put(
    toRow(doc, { doctype: bundle?.doctype, origin: strongerOrigin(row.origin, 'opened'), keptAt: now, alias: row.alias }),
  );
}

/** The server's version with unsent values on top of it. */
export async function writeRebased(
  cache: Cache,
  row: DocumentRow,
  base: Doc,
  mine: Doc,
  bundle: DocTypeBundle | undefined,
  now: number,
): Promise<void> {
  await cache.documents.put({
    ...toRow(
      { ...mine, doctype: base.doctype, name: base.name },
      {
        doctype: bundle?.doctype,
        origin: strongerOrigin(row.origin, 'opened'),
        keptAt: now,
        alias: row.alias,
      },
    ),
    modified: base.modified ?? row.modified,
    base: encodeBody(base),
  });
}

/**
 * Sets the document's mark by its entries; without any it is clean, and its base is no longer needed. Reads none of them, however
 * many there are.
 */
export async function refreshMark(cache: Cache, doctype: string, name: string): Promise<void> {
  const row = await cache.documents.get([doctype, name]);
  if (row === undefined) return;
  const { states, kinds } = await entriesInShort(cache, doctype, name);
  const mark = markOf(states);
  const { mark: _mark, deleting: _deleting, base, ...rest } = row;
  await cache.documents.put({
    ...rest,
    ...(mark === 'none' ? {} : { mark }),
    ...(kinds.has('delete') ? { deleting: 1 as const } : {}),
    ...(base !== undefined && writingKinds.some((kind) => kinds.has(kind)) ? { base } : {}),
  });
}

/** Which states and kinds the entries of a document have: as many steps in an index as there are of these. */
async function entriesInShort(
  cache: Cache,
  doctype: string,
  name: string,
): Promise<{ states: ReadonlySet<unknown>; kinds: ReadonlySet<unknown> }> {
  const seen = async (index: 'state.at' | 'operation.kind'): Promise<ReadonlySet<unknown>> => {
    const keys = cache.outbox.where(`[doctype+name+${index}]`).between([doctype, name, Dexie.minKey], [doctype, name, Dexie.maxKey]);
    // The keys of a compound index are lists; the last part is what is asked for.
    return new Set((await keys.uniqueKeys()).map((key) => (Array.isArray(key) ? key.at(-1) : undefined)));
  };
  return { states: await seen('state.at'), kinds: await seen('operation.kind') };
}

function markOf(states: ReadonlySet<unknown>): Mark {
  if (states.has('parked')) return 'needs-you';
  if (states.has('sending') || states.has('uncertain')) return 'sending';
  return states.size > 0 ? 'waiting' : 'none';
}
