import { findMissing, followIfRenamed } from '../find-missing';
import { read } from '../site';
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
    if (reading.found === 'no') return (await followIfRenamed(site, entry)) ?? gone;
    if (reading.doc.modified !== entry.modified) {
      const changed = await changedSince(site, entry, reading.doc);
      if (changed !== null) return changed;
    }
    await site.erp.remove({ account: site.account, priority: 'bulk', doctype, name });
    return gone;
  },

  async settle(site, { entry }) {
    const reading = await read(site, entry.doctype, entry.name);
    if (reading.found !== 'no') return { kind: 'send', now: true };
    return (await followIfRenamed(site, entry)) ?? gone;
  },
};

const gone: Outcome = { kind: 'gone' };
