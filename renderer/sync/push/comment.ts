import { AppError } from '@shared/errors';
import { isRecord } from '@shared/erp/envelope';
import { notThereCounts } from '@shared/sync/marker';
import { writeDocInfo } from '../../cache/comments';
import { findMissing } from '../find-missing';
import type { Site } from '../site';
import { done, saysNothing } from './outcome';
import type { Handler } from './outcome';

/** A comment carries the entry's id in an attribute that the server keeps (recording `comment-marker`). */
export const comment: Handler<'comment'> = {
  async send(site, { entry, operation }) {
    const { message, messages } = await site.erp.call({
      account: site.account,
      priority: 'bulk',
      http: 'POST',
      method: 'frappe.desk.form.utils.add_comment',
      args: {
        reference_doctype: entry.doctype,
        reference_name: entry.name,
        content: `<div ${mark(entry.id)}>${escapeHtml(operation.content)}</div>`,
        comment_email: site.facts.user,
        comment_by: site.facts.fullName,
      },
    });
    if (!isRecord(message)) throw saysNothing('add_comment');
    await refreshDocInfo(site, entry.doctype, entry.name);
    return done(null, messages);
  },

  async settle(site, { entry }) {
    try {
      const { docinfo, date } = await site.erp.open({ account: site.account, priority: 'bulk', doctype: entry.doctype, name: entry.name });
      if (docinfo.comments.some(({ content }) => content.includes(mark(entry.id)))) return done(null);
      const counts = entry.state.at === 'uncertain' && notThereCounts(entry.state, site.now(), date);
      return counts ? { kind: 'send', now: true } : { kind: 'not-yet', date };
    } catch (thrown) {
      const error = AppError.from(thrown);
      if (error.code === 'not-found') return findMissing(site, entry, 'no');
      if (error.code === 'forbidden') return findMissing(site, entry, 'hidden');
      throw error;
    }
  },
};

const mark = (id: string): string => `data-fieldbook="${id}"`;

const escapeHtml = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\n/g, '<br>');

/** Comments do not touch `modified`, so no pull brings them; what cannot be read now comes when it is opened. */
export async function refreshDocInfo(site: Site, doctype: string, name: string): Promise<void> {
  try {
    const { docinfo } = await site.erp.open({ account: site.account, priority: 'bulk', doctype, name });
    await writeDocInfo(site.cache, doctype, name, docinfo, site.now());
  } catch (thrown) {
    site.log('debug', `comments of a ${doctype} were not refreshed (${AppError.from(thrown).code})`);
  }
}
