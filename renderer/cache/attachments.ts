import type { Attachment, OutboxEntry } from '@shared/sync/outbox-entry';
import type { Cache } from './open-cache';

/** Files put on a document from this device, with the state of their upload; null once it is done. */
export async function attachmentsOf(
  cache: Cache,
  doctype: string,
  name: string,
): Promise<(Attachment & { state: OutboxEntry['state'] | null })[]> {
  const [attachments, entries] = await Promise.all([
    cache.attachments.where('[doctype+name]').equals([doctype, name]).toArray(),
    cache.outbox.where('[doctype+name]').equals([doctype, name]).toArray(),
  ]);
  return attachments.map((attachment) => {
    const entry = entries.find(({ operation }) => operation.kind === 'attach' && operation.attachment === attachment.id);
    return { ...attachment, state: entry?.state ?? null };
  });
}
