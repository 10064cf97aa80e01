import { AppError } from '@shared/errors';
import type { DocTypeBundle } from '@shared/erp/doctype';
import type { Doc } from '@shared/erp/document';
import type { DocumentKey } from '@shared/sync/outbox-entry';
import { noteLinksDue } from '../cache/links-due';
import { writeDocInfo } from '../cache/comments';
import { inWorkTransaction } from '../cache/work';
import { receiveDocument } from './receive';
import { bundleOf } from './site';
import type { Site } from './site';

/**
 * Reads a document again because a person opened it, with its comments and files: those change without touching
 * `modified`. What cannot be read now is left to the next pull or comparison of names. `stored`: told of it, since what it
 * links to comes along with the next pull.
 */
export async function refreshDocument(
  site: Site,
  { doctype, name }: DocumentKey,
  stored: (docs: Doc[], bundle: DocTypeBundle) => void,
): Promise<void> {
  const fetchedAt = site.now();
  try {
    const bundle = await bundleOf(site, doctype);
    const { doc, docinfo } = await site.erp.open({ account: site.account, priority: 'interactive', doctype, name });
    await inWorkTransaction(site.cache, async () => {
      await receiveDocument(site, doc, { bundle, origin: 'opened', fetchedAt });
      await writeDocInfo(site.cache, doctype, doc.name, docinfo, site.now());
      await noteLinksDue(site.cache, site.now());
    });
    if (bundle !== undefined) stored([doc], bundle);
  } catch (thrown) {
    const error = AppError.from(thrown);
    site.log(error.code === 'internal' ? 'error' : 'info', `${doctype}: not read again on opening (${error.code})`);
  }
}
