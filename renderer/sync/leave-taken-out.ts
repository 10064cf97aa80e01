import type { ProfileEntry } from '@shared/sync/profile';
import { rangeOf } from '../cache/documents';
import { leaveFilter } from './leave-filter';
import type { Site } from './site';

/**
 * DocTypes that were taken out of the profile, of which something was downloaded: what came for their own sake leaves this
 * device. Unsent work, what a person opened, and what is linked to by documents that are here for their own sake stay: others came
 * along with them, and may link back. Taken in again, a DocType is downloaded anew.
 */
export async function leaveTakenOut(site: Site, profile: readonly ProfileEntry[]): Promise<void> {
  const kept = new Set(profile.map(({ doctype }) => doctype));
  for (const { doctype } of await site.cache.cursors.toArray()) {
    if (kept.has(doctype)) continue;
    await noteOpened(site, doctype);
    const keys = await site.cache.documents
      .where('[doctype+name]')
      .between(...rangeOf(doctype))
      .filter(({ origin }) => origin === 'profile')
      .primaryKeys();
    await site.cache.cursors.delete(doctype);
    await leaveFilter(
      site,
      doctype,
      keys.map(([, name]) => name),
      // However lately they came.
      site.now() + 1,
      ({ doctype: from, mark, origin }) => mark !== undefined || (origin !== 'linked' && !(origin === 'profile' && from === doctype)),
    );
  }
}

/** Those that a person opened are here for that from now on: their comments and attachments came with it. */
async function noteOpened({ cache }: Site, doctype: string): Promise<void> {
  await cache.transaction('rw', [cache.documents, cache.docinfo], async () => {
    const opened = await cache.docinfo
      .where('[doctype+name]')
      .between(...rangeOf(doctype))
      .primaryKeys();
    await cache.documents.where('[doctype+name]').anyOf(opened).modify({ origin: 'opened' });
  });
}
