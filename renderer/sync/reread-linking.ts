import { eachLinking } from './each-linking';
import { fetchByName } from './pull/fetch-by-name';
import type { Site } from './site';

/**
 * Reads again what links to documents that are not there any more. A server deletes nothing that others link to: the Links
 * were rewritten by a rename, which touches no `modified`, and whose new name could not be told here (two renames in a row
 * leave two old names; a page read before one, and stored after it, has its old name). Answers how many requests it took.
 */
export async function rereadLinking(site: Site, doctype: string, missing: ReadonlySet<string>): Promise<number> {
  let requests = 0;
  if (missing.size === 0) return requests;
  for (const from of await site.cache.doctypes.toArray()) {
    const linking: string[] = [];
    await eachLinking(site, from, doctype, (row, names) => {
      if ([...names].some((name) => missing.has(name))) linking.push(row.name);
    });
    if (linking.length === 0) continue;
    requests += (await fetchByName(site, from.bundle, linking, 'linked')).requests;
  }
  return requests;
}
