import type { DocTypeBundle } from '@shared/erp/doctype';
import { diffDocuments, hasChanges } from '@shared/sync/changes';
import type { OutboxEntry } from '@shared/sync/outbox-entry';
import { putEntry } from '../cache/work';
import type { Site } from './site';

/**
 * A create that is found after it had been looked for in vain and sent again, as its first attempt sent it: the document
 * may have been out of sight, and then it holds nothing that was typed since.
 */
export const asFirstSent = (entry: OutboxEntry): OutboxEntry =>
  entry.operation.kind === 'create' && entry.firstSent !== undefined
    ? { ...entry, operation: { kind: 'create', values: entry.firstSent } }
    : entry;

/**
 * What was typed between the attempts becomes an edit of the document that was found, before all others; a merge drops
 * what a later attempt had brought there. `entry`: under the server's names. Part of a transaction of the caller.
 */
export async function keepTypedSince(site: Site, entry: OutboxEntry, bundle: DocTypeBundle | undefined): Promise<void> {
  const { firstSent, unanswered: _unanswered, ...rest } = entry;
  if (rest.operation.kind !== 'create' || firstSent === undefined) return;
  const changes = diffDocuments(firstSent, rest.operation.values, bundle);
  if (!hasChanges(changes)) return;
  await putEntry(site, {
    ...rest,
    id: site.uuid(),
    operation: { kind: 'update', changes },
    marker: null,
    attempts: 0,
    state: { at: 'queued' },
  });
}
