import { linkedDocuments, linksTo } from '@shared/sync/linked-documents';
import { docOf } from '../cache/document-row';
import { rangeOf } from '../cache/documents';
import { fetchByName } from './pull/fetch-by-name';
import type { Site } from './site';

/**
 * Reads again what links to documents that are not there any more. A server deletes nothing that others link to: the Links
 * were rewritten by a rename, which touches no `modified`, and whose new name could not be told here (two renames in a row
 * leave two old names). Answers how many requests it took.
 */
export async function rereadLinking(site: Site, doctype: string, missing: ReadonlySet<string>): Promise<number> {
  let requests = 0;
  if (missing.size === 0) return requests;
  for (const { name, bundle } of await site.cache.doctypes.toArray()) {
    if (!linksTo(bundle, doctype)) continue;
    const linking: string[] = [];
    await site.cache.documents
      .where('[doctype+name]')
      .between(...rangeOf(name))
      .each((row) => {
        const links = linkedDocuments(docOf(row), bundle).get(doctype) ?? new Set<string>();
        if ([...links].some((link) => missing.has(link))) linking.push(row.name);
      });
    if (linking.length > 0) requests += (await fetchByName(site, bundle, linking, 'linked')).requests;
  }
  return requests;
}
