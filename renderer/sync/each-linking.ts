import { linkedDocuments, linksTo } from '@shared/sync/linked-documents';
import { docOf } from '../cache/document-row';
import type { DocTypeRow, DocumentRow } from '../cache/rows';
import { rangeOf } from '../cache/documents';
import type { Site } from './site';

/** Calls `visit` for each document of `from` on this device with the names of `doctype` that it links to, if any. */
export async function eachLinking(
  site: Site,
  from: DocTypeRow,
  doctype: string,
  visit: (row: DocumentRow, names: ReadonlySet<string>) => void,
): Promise<void> {
  if (!linksTo(from.bundle, doctype)) return;
  await site.cache.documents
    .where('[doctype+name]')
    .between(...rangeOf(from.name))
    .each((row) => {
      const names = linkedDocuments([docOf(row)], from.bundle).get(doctype);
      if (names !== undefined) visit(row, names);
    });
}
