import { findMissing } from '../find-missing';
import { read } from '../site';
import { changedSince } from './docstatus';
import type { Handler, Outcome } from './outcome';

/** DELETE heeds no `modified`, so it is read first: changed since, a person decides. A missing document is deleted. */
export const remove: Handler<'delete'> = {
  async send(site, { entry }) {
    const { doctype, name } = entry;
    const reading = await read(site, doctype, name);
    if (reading.found === 'hidden') return findMissing(site, entry, 'hidden');
    if (reading.found === 'no') return gone;
    if (reading.doc.modified !== entry.modified) {
      const changed = await changedSince(site, entry, reading.doc);
      if (changed !== null) return changed;
    }
    await site.erp.remove({ account: site.account, priority: 'bulk', doctype, name });
    return gone;
  },

  async settle(site, { entry }) {
    const reading = await read(site, entry.doctype, entry.name);
    return reading.found === 'no' ? gone : { kind: 'send', now: true };
  },
};

const gone: Outcome = { kind: 'gone' };
