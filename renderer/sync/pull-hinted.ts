import { readProfile } from '../cache/profile';
import { download } from './download';
import type { Downloaded, DownloadOptions } from './download';
import type { DueHints } from './hints';
import type { LinkClosure } from './link-closure';
import { list } from './site';
import type { Site } from './site';

/**
 * Brings what hints tell of, DocType by DocType. A hint does not say what was done: what it names, is here and did not come
 * anew may be gone, so it is looked for, and where it is, the DocType is compared by names as at any deletion.
 */
export async function pullHinted(
  site: Site,
  closure: LinkClosure,
  hinted: DueHints['doctypes'],
  options: Omit<DownloadOptions, 'doctypes' | 'sweep'>,
): Promise<Downloaded> {
  const kept = new Set((await readProfile(site.cache)).map(({ doctype }) => doctype));
  const wanted = hinted.filter(({ doctype }) => kept.has(doctype));
  if (wanted.length === 0) return { complete: true, news: 0 };
  const startedAt = site.now();
  const result = await download(site, closure, { ...options, doctypes: wanted.map(({ doctype }) => doctype) });
  const gone: string[] = [];
  for (const { doctype, names } of wanted) {
    if (site.watch.mayAsk && !options.paused() && (names === null || (await someGone(site, doctype, names, startedAt)))) gone.push(doctype);
  }
  if (gone.length === 0) return result;
  const compared = await download(site, closure, { ...options, doctypes: gone, sweep: true });
  return { complete: result.complete && compared.complete, news: result.news + compared.news };
}

/** Of the documents that are here and did not come with the pull just now, does the server lack any? */
async function someGone(site: Site, doctype: string, names: string[], pulledAt: number): Promise<boolean> {
  const rows = await site.cache.documents.bulkGet(names.map((name): [string, string] => [doctype, name]));
  const left = rows.flatMap((row) => (row !== undefined && row.keptAt < pulledAt ? [row.name] : []));
  if (left.length === 0) return false;
  const { rows: there } = await list(site, doctype, { fields: ['name'], filters: [['name', 'in', left]], limit: left.length });
  return there.length < left.length;
}
