import { fileFacts } from '@shared/files/file-facts';
import type { Filter } from '@shared/erp/filters';
import { dayMs, hourMs, isDue } from '@shared/sync/due';
import { z } from 'zod';
import { doctypesWithFiles, readFilesOffline } from '../cache/files-offline';
import { pinnedRows } from '../cache/pins';
import { replaceSiteFiles } from '../cache/site-files';
import type { SiteFileRow } from '../cache/rows';
import { isTemporaryName } from '@shared/erp/temporary-name';
import { textOf } from './rows';
import type { Row } from './rows';
import { list } from './site';
import type { Site } from './site';

const pageRows = 500;
const namesAtOnce = 100;
/** A list of more pages than these is asked for once a day, a shorter one hourly: files come without a new `modified` of their document. */
const hourlyPages = 4;

const key = 'siteFilesListed';
const listed = z.object({ at: z.number(), of: z.string(), pages: z.number() });

/**
 * Lists the files of the documents that the person wants them of, where that is due or they want others now. An ordinary user
 * may list files of what they may read (recording upload); what is hidden from them by a user permission is listed all the
 * same (as Frappe's `get_permission_query_conditions` of File), but for documents that are not here.
 */
export async function listSiteFiles(site: Site): Promise<void> {
  const scopes = await scopesOf(site);
  const of = JSON.stringify(scopes);
  const last = listed.safeParse((await site.cache.meta.get(key))?.value).data;
  if (scopes.length === 0 && last === undefined) return;
  const everyMs = (last?.pages ?? 0) > hourlyPages ? dayMs : hourMs;
  if (last?.of === of && !isDue(last.at, site.now(), everyMs)) return;
  const rows: SiteFileRow[] = [];
  let pages = 0;
  for (const scope of scopes) pages += await listAll(site, scope, rows);
  await replaceSiteFiles(site.cache, rows);
  await site.cache.meta.put({ key, value: { at: site.now(), of, pages } });
}

/** They are listed with the next round, whenever that was done last. */
export const listSiteFilesSoon = async ({ cache }: Pick<Site, 'cache'>): Promise<void> => cache.meta.delete(key);

async function scopesOf({ cache }: Site): Promise<Filter[][]> {
  const { of } = await readFilesOffline(cache);
  const pinned = of === 'none' ? [] : (await pinnedRows(cache)).filter(({ name }) => !isTemporaryName(name));
  const doctypes = await doctypesWithFiles(cache, { of });
  const byDocType = new Map<string, string[]>();
  for (const { doctype, name } of pinned)
    if (!doctypes.includes(doctype)) byDocType.set(doctype, [...(byDocType.get(doctype) ?? []), name]);
  return [
    ...(doctypes.length > 0 ? [[['attached_to_doctype', 'in', doctypes]] satisfies Filter[]] : []),
    ...[...byDocType].flatMap(([doctype, names]) =>
      inParts(names, namesAtOnce).map((part): Filter[] => [
        ['attached_to_doctype', '=', doctype],
        ['attached_to_name', 'in', part],
      ]),
    ),
  ];
}

const inParts = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, part) => all.slice(part * size, (part + 1) * size));

/** Page after page by name, so that none is missed while others come and go. Answers how many pages it took. */
async function listAll(site: Site, scope: Filter[], into: SiteFileRow[]): Promise<number> {
  let after: Filter[] = [];
  for (let pages = 1; ; pages += 1) {
    const { rows } = await list(site, 'File', { fields, filters: [...scope, ...after], limit: pageRows, orderBy: 'name asc' });
    into.push(...rows.map(siteFile));
    const last = rows.at(-1);
    if (last === undefined || rows.length < pageRows) return pages;
    after = [['name', '>', last.name]];
  }
}

const fields = [
  'name',
  'file_name',
  'file_url',
  'file_size',
  'content_hash',
  'is_private',
  'modified',
  'attached_to_doctype',
  'attached_to_name',
];

const siteFile = (row: Row): SiteFileRow => ({
  ...fileFacts(row),
  name: row.name,
  doctype: textOf(row, 'attached_to_doctype'),
  docname: textOf(row, 'attached_to_name'),
  fileName: textOf(row, 'file_name'),
  url: textOf(row, 'file_url'),
  isPrivate: row['is_private'] === 1 ? 1 : 0,
  modified: textOf(row, 'modified'),
});
