import type { Doc } from '@shared/erp/document';
import type { Site } from '../site';

/** A create of this device was answered with this document. */
export async function createdHere(site: Site, doctype: string, name: string): Promise<boolean> {
  const receipts = await site.cache.receipts.where('[doctype+name]').equals([doctype, name]).toArray();
  return receipts.some((receipt) => receipt.kind === 'create');
}

/**
 * Sets the mark of a create, a negative `idx`, back with a save that is sent anyway. Only where the create was this
 * device's and is settled: whoever made the document elsewhere may still be looking for it by its mark.
 */
export const unmark = async (site: Site, doctype: string, doc: Pick<Doc, 'name' | 'idx'>): Promise<{ idx?: 0 }> =>
  (doc.idx ?? 0) < 0 && (await createdHere(site, doctype, doc.name)) ? { idx: 0 } : {};
