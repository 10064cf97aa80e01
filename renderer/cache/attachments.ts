import type { Attachment, OutboxEntry } from '@shared/sync/outbox-entry';
import type { Cache } from './open-cache';

/**
 * A file put on a document from this device, with the state of its upload; null once that is done. `entry`: the id of that upload in
 * the outbox; `paused`: its person holds it back; `stopping`: they do not want it any more, while it is on its way.
 */
export type OwnFile = Attachment & { state: OutboxEntry['state'] | null; entry: string | null; paused: boolean; stopping: boolean };

export async function attachmentsOf(cache: Cache, doctype: string, name: string): Promise<OwnFile[]> {
  const [attachments, entries] = await Promise.all([
    cache.attachments.where('[doctype+name]').equals([doctype, name]).toArray(),
    cache.outbox.where('[doctype+name]').equals([doctype, name]).toArray(),
  ]);
  const uploads = new Map(
    entries.flatMap((entry) => (entry.operation.kind === 'attach' ? [[entry.operation.attachment, uploadOf(entry)] as const] : [])),
  );
  return attachments.map((attachment) => ({ ...attachment, ...(uploads.get(attachment.id) ?? done) }));
}

type Upload = Pick<OwnFile, 'state' | 'entry' | 'paused' | 'stopping'>;

const done: Upload = { state: null, entry: null, paused: false, stopping: false };

const uploadOf = ({ id, state, paused, operation }: OutboxEntry): Upload => ({
  state,
  entry: id,
  paused: paused === true,
  stopping: operation.kind === 'attach' && operation.cancelled === true,
});
