import { Dexie } from 'dexie';
import type { DocTypeBundle } from '@shared/erp/doctype';
import type { Doc } from '@shared/erp/document';
import { sameBody } from '../../cache/body';
import { toRow } from '../../cache/document-row';
import { strongerOrigin } from '../../cache/rows';
import type { DocumentRow } from '../../cache/rows';
import { workTables } from '../../cache/open-cache';
import type { Cache } from '../../cache/open-cache';
import { followLinks } from '../follow-links';
import { isOlder, receiveDocument } from '../receive';
import type { Site } from '../site';
import { keepCursor } from './cursor-row';
import type { Page } from './page';
import type { CursorRow } from '../../cache/rows';

/**
 * Stores a page of the server's documents and the cursor behind them in one transaction; edited ones are merged, not
 * replaced. Answers how many were news to this device.
 */
export async function storeDocuments(site: Site, bundle: DocTypeBundle, page: Page, cursor?: CursorRow): Promise<number> {
  const { cache } = site;
  const { origin, fetchedAt } = page;
  const keptAt = site.now();
  return cache.transaction('rw', [...workTables, 'cursors'], async () => {
    const docs = page.docs.map((doc) => site.renames.applyTo(doc, bundle, fetchedAt));
    const rows = page.rows.map((row, position) => {
      const doc = docs[position];
      // Made again where its Links were rewritten since.
      return doc === undefined || doc === page.docs[position]
        ? { ...row, keptAt }
        : toRow(doc, { doctype: bundle.doctype, origin, keptAt });
    });
    // In a first download nearly all are new: which are not shows when they are added.
    const there = cursor === undefined ? [...rows.keys()] : await addNew(cache, rows);
    const olds = await cache.documents.bulkGet(there.map((position) => [bundle.doctype.name, docs[position]?.name ?? '']));
    const fresh: { doc: Doc; row: DocumentRow }[] = [];
    for (const [index, position] of there.entries()) {
      const [doc, row, old] = [docs[position], rows[position], olds[index]];
      if (doc === undefined || row === undefined) continue;
      if (old === undefined) fresh.push({ doc, row });
      else if (old.mark !== undefined) await receiveDocument(site, doc, { bundle, origin, fetchedAt });
      else if (!isOlder(doc, old, fetchedAt) && differsFrom(old, row)) fresh.push({ doc, row: keepKnown(old, row) });
    }
    await cache.documents.bulkPut(fresh.map(({ row }) => row));
    if (cursor !== undefined) await keepCursor(cache, cursor);
    const known = new Set(there);
    const added = docs.filter((_, position) => !known.has(position));
    const linking = [...(origin === 'linked' ? [] : added), ...fresh.filter(({ row }) => row.origin !== 'linked').map(({ doc }) => doc)];
    await followLinks(site, linking, bundle, keptAt);
    return added.length + fresh.length;
  });
}

/** Writes the rows that are new here, without reading a row first. Answers the positions of the others. */
async function addNew(cache: Cache, rows: DocumentRow[]): Promise<number[]> {
  try {
    await cache.documents.bulkAdd(rows);
    return [];
  } catch (thrown) {
    if (!(thrown instanceof Dexie.BulkError)) throw thrown;
    const failures = Object.entries(thrown.failuresByPos);
    const other = failures.find(([, { name }]) => name !== 'ConstraintError');
    if (other !== undefined) throw other[1];
    return failures.map(([position]) => Number(position));
  }
}

/** The look-back lists documents again that have not changed: writing them would only repaint the screens. */
const differsFrom = (old: DocumentRow, row: DocumentRow): boolean =>
  old.modified !== row.modified || !sameBody(old.body, row.body) || (old.origin !== row.origin && row.origin === 'profile');

const keepKnown = (old: DocumentRow, row: DocumentRow): DocumentRow => ({
  ...row,
  ...(old.alias === undefined ? {} : { alias: old.alias, search: `${row.search} ${old.alias.toLowerCase()}` }),
  origin: strongerOrigin(old.origin, row.origin),
});
