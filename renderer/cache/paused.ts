import { isOpen } from '@shared/sync/entry-state';
import { heldBack } from '@shared/sync/held-back';
import type { OutboxEntry } from '@shared/sync/outbox-entry';
import type { Cache } from './open-cache';

const key = 'uploadsPaused';

/** Does the person hold back all uploads of this account? */
export const allPaused = async (cache: Cache): Promise<boolean> => (await cache.meta.get(key))?.value === true;

export async function setAllPaused(cache: Cache, paused: boolean): Promise<void> {
  if (paused) await cache.meta.put({ key, value: true });
  else await cache.meta.delete(key);
}

/** What of the outbox waits for its person to let uploads go on; `all`: every upload does. */
export async function heldEntries(cache: Cache, entries: readonly OutboxEntry[], all: boolean): Promise<ReadonlySet<string>> {
  const paused = entries.flatMap((entry) =>
    entry.operation.kind === 'attach' && isOpen(entry) && (all || entry.paused === true)
      ? [{ id: entry.id, attachment: entry.operation.attachment }]
      : [],
  );
  if (paused.length === 0) return none;
  const files = await cache.attachments.bulkGet(paused.map(({ attachment }) => attachment));
  const filling = paused.filter((_, position) => (files[position]?.fieldname ?? null) !== null);
  return heldBack(entries, new Set(paused.map(({ id }) => id)), new Set(filling.map(({ id }) => id)));
}

const none: ReadonlySet<string> = new Set();
