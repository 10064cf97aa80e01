import type { Attachment, OutboxEntry } from '@shared/sync/outbox-entry';
import type { Cache } from './open-cache';

/** A file put on a document from this device, with the state of its upload; null once that is done. */
export type OwnFile = Attachment & { state: OutboxEntry['state'] | null };

export async function attachmentsOf(cache: Cache, doctype: string, name: string): Promise<OwnFile[]> {
  const [attachments, entries] = await Promise.all([
    cache.attachments.where('[doctype+name]').equals([doctype, name]).toArray(),
    cache.outbox.where('[doctype+name]').equals([doctype, name]).toArray(),
  ]);
  const states = new Map(
    entries.flatMap(({ operation, state }) => (operation.kind === 'attach' ? [[operation.attachment, state] as const] : [])),
  );
  return attachments.map((attachment) => ({ ...attachment, state: states.get(attachment.id) ?? null }));
}
