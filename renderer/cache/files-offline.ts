import { z } from 'zod';
import { isAsTold } from '@shared/files/file-facts';
import { defaultFilesOffline, filesOfChoices, wantedFiles } from '@shared/files/files-offline';
import type { FilesOffline, WantedFile } from '@shared/files/files-offline';
import { readKeptFiles } from './kept-files';
import type { Cache } from './open-cache';
import { pinnedRows } from './pins';
import { readProfile } from './profile';
import type { SiteFileRow } from './rows';
import { filesOfDocumentsHere, siteFilesOf } from './site-files';

const key = 'filesOffline';
const schema = z.object({ of: z.enum(filesOfChoices), largestMb: z.number().min(0).nullable() });

/** What the person chose for this account. */
export async function readFilesOffline(cache: Cache): Promise<FilesOffline> {
  return schema.safeParse((await cache.meta.get(key))?.value).data ?? defaultFilesOffline;
}

export async function writeFilesOffline(cache: Cache, choice: FilesOffline): Promise<void> {
  await cache.meta.put({ key, value: choice });
}

/** The files that the choice asks for, by whether their bytes are here. `refused`: not here, and when that was said (ms). */
export type OfflineFiles = { here: WantedFile[]; missing: WantedFile[]; refused: (WantedFile & { at: number })[] };

export async function offlineFiles(cache: Cache): Promise<OfflineFiles> {
  const choice = await readFilesOffline(cache);
  const rows = await filesInScope(cache, choice);
  const refusals = new Map(rows.flatMap(({ url, refused }) => (refused === undefined ? [] : [[url, refused.at] as const])));
  const own = new Set((await cache.attachments.toArray()).flatMap(({ remote }) => remote?.name ?? []));
  const sorted: OfflineFiles = { here: [], missing: [], refused: [] };
  const all = wantedFiles(rows, choice);
  const keptFiles = await readKeptFiles(
    cache,
    all.map(({ url }) => url),
  );
  for (const wanted of all) {
    const kept = keptFiles.get(wanted.url);
    const at = refusals.get(wanted.url);
    // What was sent from here is here, under the name that the person gave it.
    const sentFromHere = wanted.files.some(({ name }) => own.has(name));
    if (sentFromHere || (kept !== undefined && isAsTold(kept, wanted.files))) sorted.here.push(wanted);
    else if (at === undefined) sorted.missing.push(wanted);
    else sorted.refused.push({ ...wanted, at });
  }
  return sorted;
}

/** The DocTypes whose documents' attachments are wanted, all of them: by the choice for all, or by that of a DocType. */
export async function doctypesWithFiles(cache: Cache, { of }: Pick<FilesOffline, 'of'>): Promise<string[]> {
  return (await readProfile(cache)).filter(({ files }) => of === 'profile' || files === true).map(({ doctype }) => doctype);
}

/** Pinned documents come first. */
async function filesInScope(cache: Cache, { of }: FilesOffline): Promise<SiteFileRow[]> {
  const pinned: SiteFileRow[] = [];
  if (of !== 'none') for (const { doctype, name } of await pinnedRows(cache)) pinned.push(...(await siteFilesOf(cache, doctype, name)));
  const doctypes = new Set(await doctypesWithFiles(cache, { of }));
  if (doctypes.size === 0) return pinned;
  const all = (await cache.siteFiles.toArray()).filter(({ doctype }) => doctypes.has(doctype));
  return [...pinned, ...(await filesOfDocumentsHere(cache, all)).filter((row) => !pinned.some(({ name }) => name === row.name))];
}
