import type { DocInfo } from '@shared/bridge/erp';
import type { ErrorCode } from '@shared/errors';
import type { Cache } from './open-cache';
import type { SiteFileRow } from './rows';

/** What the site's list told of a document's files. */
export const siteFilesOf = (cache: Cache, doctype: string, docname: string): Promise<SiteFileRow[]> =>
  cache.siteFiles.where('[doctype+docname]').equals([doctype, docname]).toArray();

/**
 * The attachments of a document as it was opened with last; where it never was, as they were listed. Their sizes are told by the
 * list alone (recording docinfo).
 */
export function attachmentsKnown(docinfo: DocInfo | undefined, listed: readonly SiteFileRow[]): DocInfo['attachments'] {
  const sizeOf = (name: string): { file_size?: number } => {
    const size = listed.find((file) => file.name === name)?.size ?? null;
    return size === null ? {} : { file_size: size };
  };
  if (docinfo !== undefined) return docinfo.attachments.map((each) => ({ ...sizeOf(each.name), ...each }));
  return listed.map(({ name, fileName, url, isPrivate }) => ({
    ...{ name, file_name: fileName, file_url: url, is_private: isPrivate },
    ...sizeOf(name),
  }));
}

/**
 * Takes these as all that there are. One that did not change since it was refused stays refused. Files of documents that are
 * not here are left out.
 */
export async function replaceSiteFiles(cache: Cache, rows: readonly SiteFileRow[]): Promise<void> {
  await cache.transaction('rw', [cache.siteFiles, cache.documents], async () => {
    const here = await filesOfDocumentsHere(cache, rows);
    const before = new Map((await cache.siteFiles.toArray()).map((row) => [row.name, row]));
    await cache.siteFiles.clear();
    await cache.siteFiles.bulkPut(
      here.map((row) => {
        const known = before.get(row.name);
        const refused = known?.modified === row.modified ? known.refused : undefined;
        return refused === undefined ? row : { ...row, refused };
      }),
    );
  });
}

/** Those whose document this device has. */
export async function filesOfDocumentsHere<T extends { doctype: string; docname: string }>(
  cache: Cache,
  files: readonly T[],
): Promise<T[]> {
  const keyOf = (doctype: string, name: string): string => JSON.stringify([doctype, name]);
  const wanted = files.map(({ doctype, docname }): [string, string] => [doctype, docname]);
  const keys = await cache.documents.where('[doctype+name]').anyOf(wanted).primaryKeys();
  const here = new Set(keys.map(([doctype, name]) => keyOf(doctype, name)));
  return files.filter(({ doctype, docname }) => here.has(keyOf(doctype, docname)));
}

/** These File documents could not be had; null: they may be asked for again. */
export async function noteRefused(cache: Cache, names: readonly string[], refused: { code: ErrorCode; at: number }): Promise<void> {
  await cache.siteFiles.where('name').anyOf(names).modify({ refused });
}

/** Whatever was refused may be asked for again. */
export async function forgetRefusals(cache: Cache): Promise<void> {
  await cache.siteFiles
    .filter(({ refused }) => refused !== undefined)
    .modify((row) => {
      delete row.refused;
    });
}
