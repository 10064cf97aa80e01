import type { Receipt } from '@shared/sync/outbox-entry';
import type { Cache } from './open-cache';

/** What became of sent changes, the latest first. */
export const listReceipts = (cache: Cache, limit: number): Promise<Receipt[]> =>
  cache.receipts.orderBy('sentAt').reverse().limit(limit).toArray();
