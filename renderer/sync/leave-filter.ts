import type { DocumentRow } from '../cache/rows';
import { eachLinking } from './each-linking';
import type { Site } from './site';

/**
 * Documents that the server still shows but the profile covers no longer (its filter, or the time window that moved on):
 * removed here, unless they are edited, were opened by a person, or something on this device that `holds` what it links to
 * (everything unless given) links to them. Answers the names of those that were removed.
 */
export async function leaveFilter(
  site: Site,
  doctype: string,
  names: string[],
  startedAt: number,
  holds: (row: DocumentRow) => boolean = () => true,
): Promise<Set<string>> {
  const rows = await site.cache.documents.bulkGet(names.map((name) => [doctype, name] as [string, string]));
  const leaving = rows.filter(
    (row) => row !== undefined && row.mark === undefined && row.origin !== 'opened' && !keptSince(row, startedAt, site.now()),
  );
  const left = new Set<string>();
  if (leaving.length === 0) return left;
  const needed = await namesLinkedTo(site, doctype, holds);
  await site.cache.transaction('rw', site.cache.documents, async () => {
    for (const row of leaving) {
      if (row === undefined) continue;
      const now = await site.cache.documents.get([doctype, row.name]);
      if (now === undefined || now.mark !== undefined) continue;
      if (needed.has(row.name)) await site.cache.documents.put({ ...now, origin: 'linked' });
      else {
        await site.cache.documents.delete([doctype, row.name]);
        left.add(row.name);
      }
    }
  });
  site.log('info', `${doctype}: ${leaving.length} documents left what is kept here; those that others link to stay`);
  return left;
}

/** Did this version arrive after `startedAt` (ms)? One from after now was kept under another clock. */
export const keptSince = ({ keptAt }: DocumentRow, startedAt: number, now: number): boolean => keptAt >= startedAt && keptAt <= now;

/** Names of this DocType that other documents here link to. */
async function namesLinkedTo(site: Site, doctype: string, holds: (row: DocumentRow) => boolean): Promise<Set<string>> {
  const found = new Set<string>();
  for (const from of await site.cache.doctypes.toArray()) {
    await eachLinking(site, from, doctype, (row, names) => {
      if (!holds(row)) return;
      for (const linked of names) if (from.name !== doctype || linked !== row.name) found.add(linked);
    });
  }
  return found;
}
