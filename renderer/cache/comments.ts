import type { DocInfo } from '@shared/bridge/erp';
import type { Cache } from './open-cache';

/** Comments and files of a document as the server last told them; kept when it was opened online. */
export async function readDocInfo(cache: Cache, doctype: string, name: string): Promise<(DocInfo & { keptAt: number }) | undefined> {
  return cache.docinfo.get([doctype, name]);
}

export async function writeDocInfo(cache: Cache, doctype: string, name: string, docinfo: DocInfo, now: number): Promise<void> {
  await cache.docinfo.put({ ...docinfo, doctype, name, keptAt: now });
}
