import { AppError } from '@shared/errors';
import type { OutboxEntry } from '@shared/sync/outbox-entry';
import { findMissing, followIfRenamed } from '../find-missing';
import { read } from '../site';
import type { Site } from '../site';
import { changedSince } from './docstatus';
import type { Handler, Outcome } from './outcome';

/**
 * DELETE heeds no `modified`, so it is read first: changed since, a person decides. A missing document is deleted, unless
 * it goes by another name now.
 */
export const remove: Handler<'delete'> = {
  async send(site, { entry }) {
    const { doctype, name } = entry;
    const reading = await read(site, doctype, name);
    if (reading.found === 'hidden') return findMissing(site, entry, 'hidden');
    if (reading.found === 'no') return goneOrRenamed(site, entry);
    if (reading.doc.modified !== entry.modified) {
      const changed = await changedSince(site, entry, reading.doc);
      if (changed !== null) return changed;
    }
    try {
      await site.erp.remove({ account: site.account, priority: 'bulk', doctype, name });
      return gone;
    } catch (thrown) {
      const error = AppError.from(thrown);
      if (error.code !== 'not-found') throw error;
      // Renamed, or deleted, since it was read.
      return goneOrRenamed(site, entry);
    }
  },

  async settle(site, { entry }) {
    const reading = await read(site, entry.doctype, entry.name);
    return reading.found === 'no' ? goneOrRenamed(site, entry) : { kind: 'send', now: true };
  },
};

const gone: Outcome = { kind: 'gone' };

const goneOrRenamed = async (site: Site, entry: OutboxEntry): Promise<Outcome> => (await followIfRenamed(site, entry)) ?? gone;
