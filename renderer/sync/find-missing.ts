import type { Doc } from '@shared/erp/document';
import type { OutboxEntry } from '@shared/sync/outbox-entry';
import { baseOf, docOf } from '../cache/document-row';
import { followRename } from './follow-rename';
import { list } from './site';
import type { Site } from './site';
import type { Outcome } from './push/outcome';

/**
 * A document that the server does not give any more: hidden from this user, renamed (same `creation` and `owner`, and
 * only one such), or deleted.
 */
export async function findMissing(site: Site, entry: OutboxEntry, found: 'no' | 'hidden'): Promise<Outcome> {
  if (found === 'hidden') return { kind: 'park', problem: { kind: 'missing', how: 'hidden' } };
  // What happened to one may have happened to others: the DocType is compared as a whole at the next round.
  await site.cache.cursors.update(entry.doctype, { sweptAt: 0 });
  return (await followIfRenamed(site, entry)) ?? { kind: 'park', problem: { kind: 'missing', how: 'gone' } };
}

/** The entry goes on under the name that its document has by now; null where there is none. */
export async function followIfRenamed(site: Site, { id, doctype, name }: OutboxEntry): Promise<Outcome | null> {
  // A comparison of names may have followed the rename while the server was asked.
  const stored = await site.cache.outbox.get(id);
  if (stored !== undefined && stored.name !== name) return { kind: 'settled', now: true };
  const row = await site.cache.documents.get([doctype, name]);
  const renamed = row === undefined ? null : await findRenamed(site, baseOf(row) ?? docOf(row));
  if (renamed === null) return null;
  await followRename(site, { doctype, from: name, to: renamed });
  return { kind: 'settled', now: true };
}

/** The new name of a document that is not there under its old one; null when it was deleted. */
export async function findRenamed(site: Site, doc: Doc): Promise<string | null> {
  if (doc.creation === undefined || doc.owner === undefined) return null;
  const { rows } = await list(site, doc.doctype, {
    fields: ['name'],
    filters: [
      ['creation', '=', doc.creation],
      ['owner', '=', doc.owner],
    ],
    limit: 2,
  });
  const [only, ...others] = rows;
  return only !== undefined && others.length === 0 && only.name !== doc.name ? only.name : null;
}
