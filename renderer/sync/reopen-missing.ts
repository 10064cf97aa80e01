import { entriesOfDocument, putEntry } from '../cache/work';
import type { Site } from './site';

/**
 * What was laid before a person because its document was not there goes on once it is, under whatever name. Part of a
 * transaction of the caller.
 */
export async function reopenMissing(site: Site, doctype: string, name: string): Promise<void> {
  for (const entry of await entriesOfDocument(site.cache, doctype, name)) {
    if (entry.state.at === 'parked' && entry.state.problem.kind === 'missing') await putEntry(site, { ...entry, state: { at: 'queued' } });
  }
}
