import type { DocumentKey } from '@shared/sync/outbox-entry';
import { hourMs, isDue } from '@shared/sync/due';
import { readDocType } from '../cache/doctypes';
import { keptNumber } from '../cache/meta';
import { refreshDocInfo } from './push/comment';
import type { Site } from './site';

/** So many an hour, one request each; the rest have their turn an hour later. */
const mostAtOnce = 20;

/**
 * Reads comments and files of documents again that were opened here before: they change without touching `modified`, so
 * that no pull brings them. Hourly, a few: those first whose document changed since, then those read longest ago.
 */
export async function refreshDocInfos(site: Site): Promise<void> {
  const last = await keptNumber(site.cache, 'docinfosReadAt');
  if (last !== null && !isDue(last, site.now(), hourMs)) return;
  await site.cache.meta.put({ key: 'docinfosReadAt', value: site.now() });
  for (const { doctype, name } of await due(site)) {
    if (!site.watch.mayAsk) return;
    await refreshDocInfo(site, doctype, name);
  }
}

async function due(site: Site): Promise<DocumentKey[]> {
  const { cache } = site;
  const kept = await cache.docinfo.toArray();
  const rows = await cache.documents.bulkGet(kept.map(({ doctype, name }): [string, string] => [doctype, name]));
  const here = kept.flatMap((info, position) => {
    const row = rows[position];
    return row === undefined ? [] : [{ ...info, changed: row.keptAt > info.keptAt }];
  });
  const turns = here.sort((a, b) => Number(b.changed) - Number(a.changed) || a.keptAt - b.keptAt);
  const chosen: DocumentKey[] = [];
  for (const { doctype, name } of turns) {
    if (chosen.length === mostAtOnce) break;
    if (!(await notesReaders(site, doctype))) chosen.push({ doctype, name });
  }
  return chosen;
}

/** The server would write down that its person has looked at the document. */
async function notesReaders({ cache }: Site, doctype: string): Promise<boolean> {
  const meta = await readDocType(cache, doctype);
  return meta?.doctype.track_seen === 1 || meta?.doctype.track_views === 1;
}
