import type { DocTypeBundle } from '@shared/erp/doctype';
import type { Doc } from '@shared/erp/document';
import { toRow } from '../../cache/document-row';
import { noteLinksDue } from '../../cache/links-due';
import type { DocumentRow, Origin } from '../../cache/rows';
import { workTables } from '../../cache/open-cache';
import { isOlder, receiveDocument } from '../receive';
import type { Site } from '../site';
import type { CursorRow } from '../../cache/rows';

/**
 * Stores documents of the server and the cursor behind them in one transaction; edited ones are merged, not replaced.
 * Answers how many were news to this device.
 */
export async function storeDocuments(
  site: Site,
  bundle: DocTypeBundle,
  docs: Doc[],
  options: { origin: Origin; fetchedAt: number; cursor?: CursorRow },
): Promise<number> {
  const { cache } = site;
  const { origin, fetchedAt, cursor } = options;
  const doctype = bundle.doctype;
  // Encoding takes longer than storing: it is done before the transaction begins.
  const keptAt = site.now();
  const rows = docs.map((doc) => toRow(doc, { doctype, origin, keptAt }));
  return cache.transaction('rw', [...workTables, 'cursors'], async () => {
    const known = await cache.documents.bulkGet(rows.map(({ doctype: type, name }) => [type, name] as [string, string]));
    const fresh: DocumentRow[] = [];
    for (const [position, doc] of docs.entries()) {
      const [row, old] = [rows[position], known[position]];
      if (row === undefined) continue;
      if (old === undefined) fresh.push(row);
      else if (old.mark !== undefined) await receiveDocument(site, doc, { bundle, origin, fetchedAt });
      else if (!isOlder(doc, old, fetchedAt) && differsFrom(old, row)) fresh.push(keepKnown(old, row));
    }
    await cache.documents.bulkPut(fresh);
    if (cursor !== undefined) await cache.cursors.put(cursor);
    if (origin === 'profile' && fresh.length > 0) await noteLinksDue(cache, keptAt);
    return fresh.length;
  });
}

/** The look-back lists documents again that have not changed: writing them would only repaint the screens. */
const differsFrom = (old: DocumentRow, row: DocumentRow): boolean =>
  old.modified !== row.modified || old.body !== row.body || (old.origin !== row.origin && row.origin === 'profile');

const keepKnown = (old: DocumentRow, row: DocumentRow): DocumentRow => ({
  ...row,
  ...(old.alias === undefined ? {} : { alias: old.alias, search: `${row.search} ${old.alias.toLowerCase()}` }),
  origin: row.origin === 'profile' ? 'profile' : old.origin,
});
