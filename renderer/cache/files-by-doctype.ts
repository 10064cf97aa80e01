import { allKeptFiles } from './kept-files';
import { allKeptPdfs } from './kept-pdf';
import type { Cache } from './open-cache';

/** `doctype` null: of none that this device knows of. `bytes` as the files are, before they are sealed. */
export type FilesOfDocType = { doctype: string | null; count: number; bytes: number };

/**
 * What kept files take by the DocTypes of their documents, the most first. The same bytes are counted once a DocType; on documents
 * of two they are counted with both.
 */
export async function filesByDocType(cache: Cache): Promise<FilesOfDocType[]> {
  const [fetched, pdfs, own] = await Promise.all([allKeptFiles(cache), allKeptPdfs(cache), cache.attachments.toArray()]);
  const doctypesOf = await doctypesByAddress(cache, new Set(fetched.map(({ url }) => url)));
  const sizes = new Map<string | null, Map<string, number>>();
  function add(doctype: string | null, id: string, size: number): void {
    const files = sizes.get(doctype) ?? new Map<string, number>();
    sizes.set(doctype, files.set(id, size));
  }
  for (const { url, file } of fetched) for (const doctype of doctypesOf.get(url) ?? [null]) add(doctype, file.id, file.size);
  for (const { doctype, pdf } of pdfs) add(doctype, pdf.file.id, pdf.file.size);
  for (const { doctype, file, size } of own) add(doctype, file, size);
  return [...sizes]
    .map(([doctype, files]) => ({ doctype, count: files.size, bytes: [...files.values()].reduce((sum, size) => sum + size, 0) }))
    .sort((a, b) => b.bytes - a.bytes);
}

/** By what the site listed; where it did not, by what a document was opened with. */
async function doctypesByAddress(cache: Cache, urls: ReadonlySet<string>): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const found = new Map<string, Set<string>>();
  const note = (url: string, doctype: string): void => {
    if (urls.has(url)) found.set(url, (found.get(url) ?? new Set()).add(doctype));
  };
  if (urls.size > 0) await cache.siteFiles.each(({ url, doctype }) => note(url, doctype));
  const unlisted = [...urls].some((url) => !found.has(url));
  if (unlisted) await cache.docinfo.each(({ doctype, attachments }) => attachments.forEach(({ file_url: url }) => note(url, doctype)));
  return found;
}
