import { AppError } from '@shared/errors';
import type { DocumentKey } from '@shared/sync/outbox-entry';
import { writeDocInfo } from '../cache/comments';
import { inWorkTransaction } from '../cache/work';
import { receiveDocument } from './receive';
import { bundleOf } from './site';
import type { Site } from './site';

/**
 * Reads a document again because a person opened it, with its comments and files: those change without touching
 * `modified`. What cannot be read now is left to the next pull or comparison of names.
 */
export async function refreshDocument(site: Site, { doctype, name }: DocumentKey): Promise<void> {
  const fetchedAt = site.now();
  try {
    const bundle = await bundleOf(site, doctype);
    const { doc, docinfo } = await site.erp.open({ account: site.account, priority: 'interactive', doctype, name });
    await inWorkTransaction(site.cache, async () => {
      await receiveDocument(site, doc, { bundle, origin: 'opened', fetchedAt });
      await writeDocInfo(site.cache, doctype, doc.name, docinfo, site.now());
    });
  } catch (thrown) {
    const error = AppError.from(thrown);
    site.log(error.code === 'internal' ? 'error' : 'info', `${doctype}: not read again on opening (${error.code})`);
  }
}
