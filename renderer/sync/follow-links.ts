import type { Doc } from '@shared/erp/document';
import type { DocTypeBundle } from '@shared/erp/doctype';
import { noteLinksDue } from '../cache/links-due';
import type { Site } from './site';

/**
 * What these documents link to comes along with the next pull, also after a crash. Part of the transaction that stores them.
 * `since`: not later than their `keptAt` (ms).
 */
export async function followLinks(site: Site, docs: Doc[], bundle: DocTypeBundle | undefined, since: number): Promise<void> {
  if (docs.length === 0 || bundle === undefined) return;
  site.links.add(docs, bundle);
  await noteLinksDue(site.cache, since);
}
