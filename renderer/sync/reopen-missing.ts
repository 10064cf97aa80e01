import { baselineIn, inDoubt, mayBeDone } from '@shared/sync/entry-state';
import type { OutboxEntry } from '@shared/sync/outbox-entry';
import { decided } from '../cache/decided';
import { entriesOfDocument, putEntry } from '../cache/work';
import type { Site } from './site';

/**
 * What was laid before a person because its document was not there goes on once it is, under whatever name. Part of a
 * transaction of the caller. Answers the entries of the document as they are then, in their order.
 */
export async function reopenMissing(site: Site, doctype: string, name: string): Promise<OutboxEntry[]> {
  const entries: OutboxEntry[] = [];
  for (const entry of await entriesOfDocument(site.cache, doctype, name)) {
    const now = reopened(entry);
    if (now !== entry) {
      await putEntry(site, now);
      decided(site, entry, `its document is there again: ${now.state.at}`);
    }
    entries.push(now);
  }
  return entries;
}

function reopened(entry: OutboxEntry): OutboxEntry {
  if (entry.state.at !== 'parked' || entry.state.problem.kind !== 'missing') return entry;
  // Hidden while it was looked for, it is looked for again.
  return mayBeDone(entry) ? inDoubt(entry, entry.state.since, baselineIn(entry)) : { ...entry, state: { at: 'queued' } };
}
