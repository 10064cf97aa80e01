import { linkedDocuments, linksTo } from '@shared/sync/linked-documents';
import { baseOf, docOf } from '../cache/document-row';
import type { DocTypeRow, DocumentRow } from '../cache/rows';
import { rangeOf } from '../cache/documents';
import { parkedConflicts } from './parked-conflicts';
import type { Site } from './site';

/**
 * Calls `visit` for each document of `from` on this device with the names of `doctype` that it links to, if any: as it is
 * shown, as its edit began, and as the server has it where the two clash.
 */
export async function eachLinking(
  site: Site,
  from: DocTypeRow,
  doctype: string,
  visit: (row: DocumentRow, names: ReadonlySet<string>) => void,
): Promise<void> {
  if (!linksTo(from.bundle, doctype)) return;
  const clashing = new Map(
    (await parkedConflicts(site.cache)).filter((each) => each.doctype === from.name).map((each) => [each.name, each.theirs]),
  );
  await site.cache.documents
    .where('[doctype+name]')
    .between(...rangeOf(from.name))
    .each((row) => {
      const versions = [docOf(row), baseOf(row), clashing.get(row.name)].filter((version) => version != null);
      const names = linkedDocuments(versions, from.bundle).get(doctype);
      if (names !== undefined) visit(row, names);
    });
}
