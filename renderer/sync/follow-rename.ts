import { diffDocuments } from '@shared/sync/changes';
import { problemWords } from '@shared/sync/decision-words';
import { everyDifference } from '@shared/sync/differences';
import { isOpen } from '@shared/sync/entry-state';
import type { Operation, OutboxEntry } from '@shared/sync/outbox-entry';
import { linksTo } from '@shared/sync/linked-documents';
import { rewriteLinks } from '@shared/sync/rewrite-links';
import type { ServerRename } from '@shared/sync/rewrite-links';
import type { DocTypeBundle } from '@shared/erp/doctype';
import { decided } from '../cache/decided';
import { bodyHolds, decodeBody, encodeBody } from '../cache/body';
import type { Body } from '../cache/body';
import { readDocType } from '../cache/doctypes';
import { rangeOf } from '../cache/documents';
import { baseOf, described, docOf } from '../cache/document-row';
import { renameEverywhere } from '../cache/rename';
import type { DocumentRow } from '../cache/rows';
import { inWorkTransaction, putEntry, refreshMark } from '../cache/work';
import { parkedConflicts } from './parked-conflicts';
import { receiveDocument } from './receive';
import { reopenMissing } from './reopen-missing';
import type { Site } from './site';

/**
 * Applies a rename that was made on the server to the whole cache: the document, its unsent work, and every Link to it
 * in any document, since the server rewrites those without touching `modified` (recording `rename-rewrites-links`).
 */
export async function followRename(site: Site, rename: ServerRename): Promise<void> {
  const { cache } = site;
  site.log('info', `${rename.doctype}: a document goes by another name there (same creation and owner); all that names it follows`);
  await inWorkTransaction(cache, async () => {
    const there = await cache.documents.get([rename.doctype, rename.to]);
    await renameEverywhere(site, { ...rename, rows: new Map() });
    for (const { bundle } of await cache.doctypes.toArray()) {
      if (linksTo(bundle, rename.doctype)) await rewriteDoctype(site, rename, bundle);
    }
    await rewriteEntries(site, rename);
    await rewriteConflicts(site, rename);
    if (there !== undefined) await takeNewer(site, there);
    await holdDelete(site, rename, await reopenMissing(site, rename.doctype, rename.to));
    await refreshMark(cache, rename.doctype, rename.to);
    site.renames.note(rename, site.now());
  });
}

/** Unsent work under the old name began with what is older than a version that came under the new one: that is the other side. */
async function takeNewer(site: Site, there: DocumentRow): Promise<void> {
  const { doctype, name, origin } = there;
  const row = await site.cache.documents.get([doctype, name]);
  const newest = baseOf(there) ?? docOf(there);
  if (row === undefined || (newest.modified ?? '') <= row.modified) return;
  const bundle = await readDocType(site.cache, doctype);
  await receiveDocument(site, newest, { bundle, origin });
}

async function rewriteDoctype(site: Site, rename: ServerRename, bundle: DocTypeBundle): Promise<void> {
  const quoted = JSON.stringify(rename.from);
  const range = site.cache.documents.where('[doctype+name]').between(...rangeOf(bundle.doctype.name));
  const holding = await range.filter((row) => bodyHolds(row.body, quoted)).toArray();
  const rewrite = (row: DocumentRow, body: Body): Body => {
    const followed = rewriteLinks(decodeBody(row, body), rename, bundle);
    return followed === null ? body : encodeBody(followed);
  };
  const followed = (row: DocumentRow): DocumentRow => ({
    ...row,
    body: rewrite(row, row.body),
    ...(row.base === undefined ? {} : { base: rewrite(row, row.base) }),
  });
  await site.cache.documents.bulkPut(holding.map((row) => described(followed(row), bundle.doctype)));
}

/** Unsent creates and edits that link to it; one that is on its way is left alone. */
async function rewriteEntries(site: Site, rename: ServerRename): Promise<void> {
  const { cache } = site;
  for (const entry of await cache.outbox.filter(isOpen).toArray()) {
    const bundle = await readDocType(cache, entry.doctype);
    const row = await cache.documents.get([entry.doctype, entry.name]);
    const operation = bundle === undefined || row === undefined ? null : rewritten(entry.operation, rename, row, bundle);
    if (operation !== null) await putEntry(site, { ...entry, operation, revision: entry.revision + 1 });
  }
}

/** The other side of a conflict is a version of the server, too: it is compared anew with its Links as they are now. */
async function rewriteConflicts(site: Site, rename: ServerRename): Promise<void> {
  for (const { doctype, name, theirs } of await parkedConflicts(site.cache)) {
    const bundle = await readDocType(site.cache, doctype);
    const followed = bundle === undefined ? null : rewriteLinks(theirs, rename, bundle);
    if (followed !== null) await receiveDocument(site, { ...followed, name }, { bundle, origin: 'linked' });
  }
}

/** The base of an edit has followed already, and so has the document: what differs is the edit. */
function rewritten(operation: Operation, rename: ServerRename, row: DocumentRow, bundle: DocTypeBundle): Operation | null {
  if (operation.kind === 'create') {
    const values = rewriteLinks(operation.values, rename, bundle);
    return values === null ? null : { kind: 'create', values };
  }
  const base = baseOf(row);
  if (operation.kind !== 'update' || base === null || !JSON.stringify(operation).includes(JSON.stringify(rename.from))) return null;
  return { kind: 'update', changes: diffDocuments(base, docOf(row), bundle) };
}

/**
 * The document was deleted here under one of its names and went on being used under the other: what was done after the
 * delete would be lost with it, so that a person decides first.
 */
async function holdDelete(site: Site, { doctype, to }: ServerRename, entries: OutboxEntry[]): Promise<void> {
  const last = entries.at(-1);
  const removal = entries.find(({ operation }) => operation.kind === 'delete');
  const row = await site.cache.documents.get([doctype, to]);
  if (removal === undefined || removal === last || row === undefined) return;
  const theirs = baseOf(row) ?? docOf(row);
  const problem = { kind: 'changed-before-submit' as const, differences: everyDifference(docOf(row), theirs), theirs };
  await putEntry(site, { ...removal, state: { at: 'parked', since: site.now(), problem } });
  decided(site, removal, `parked: used under its other name since; ${problemWords(problem)}`);
}
