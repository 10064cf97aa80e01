import { dayMs, isDue } from '@shared/sync/due';
import { allKeptFiles, forgetKeptFile } from '../cache/kept-files';
import { bodyHolds } from '../cache/body';
import { doctypesHere } from '../cache/documents';
import { eachDocument } from '../cache/each-document';
import { heldFiles } from '../cache/held-files';
import { keptNumber } from '../cache/meta';
import { filesOfDocumentsHere } from '../cache/site-files';
import type { Site } from './site';

const key = 'filesTidiedAt';

/**
 * Once a day: files that were fetched for documents that left this device are no longer kept, and bytes that nothing refers to
 * any more (PDFs that a newer one replaced, files that were taken back) are forgotten.
 */
export async function tidyFiles(site: Site): Promise<void> {
  const { cache, account, bridge } = site;
  const last = await keptNumber(cache, key);
  if (last !== null && !isDue(last, site.now(), dayMs)) return;
  await cache.meta.put({ key, value: site.now() });
  if (last === null) return;
  const before = site.now() - dayMs;
  // What came today may be of a document that is not wholly here yet.
  for (const url of await strays(site, before)) await forgetKeptFile(cache, url);
  const { again, unsent } = await heldFiles(cache);
  const { freed } = await bridge.files.forgetOthers({ account, keep: [...new Set([...again.map(({ id }) => id), ...unsent.keys()])] });
  if (freed > 0) site.log('info', `${freed} bytes of files were forgotten that nothing refers to any more`);
}

/** Addresses of kept files that no document here has, neither among its attachments nor in a field. */
async function strays({ cache }: Site, before: number): Promise<ReadonlySet<string>> {
  const kept = (await allKeptFiles(cache)).filter(({ file }) => (file.usedAt ?? 0) < before);
  const left = new Set(kept.map(({ url }) => url));
  if (left.size === 0) return left;
  for (const { url } of await filesOfDocumentsHere(cache, await cache.siteFiles.toArray())) left.delete(url);
  for (const { doctype, name, attachments } of await cache.docinfo.toArray())
    if (await cache.documents.where('[doctype+name]').equals([doctype, name]).count())
      for (const { file_url } of attachments) left.delete(file_url);
  for (const { remote } of await cache.attachments.toArray()) if (remote !== null) left.delete(remote.url);
  for (const doctype of await doctypesHere(cache)) {
    if (left.size === 0) break;
    await eachDocument(cache, doctype, ({ body, base }) => {
      for (const url of left) if (bodyHolds(body, inText(url)) || (base !== undefined && bodyHolds(base, inText(url)))) left.delete(url);
    });
  }
  return left;
}

/** As a body holds it. */
const inText = (url: string): string => JSON.stringify(url).slice(1, -1);
