import { documentOf } from './dependencies';
import { byTurn, isOpen } from './entry-state';
import type { OutboxEntry } from './outbox-entry';

/**
 * The ids of entries that stay here because uploads are paused. What was done to a document after a paused file goes on, since it
 * does not need the file; but where the file fills an Attach field, it waits behind it: a submit would fix the field without it.
 *
 * `paused`: ids of the paused entries; `filling`: those among them whose file fills a field.
 */
export function heldBack(entries: readonly OutboxEntry[], paused: ReadonlySet<string>, filling: ReadonlySet<string>): ReadonlySet<string> {
  const held = new Set<string>();
  const stopped = new Set<string>();
  for (const entry of [...entries].sort(byTurn)) {
    // What is on its way, or may be there, is seen through.
    if (!isOpen(entry)) continue;
    if (paused.has(entry.id)) held.add(entry.id);
    else if (stopped.has(documentOf(entry))) held.add(entry.id);
    if (paused.has(entry.id) && filling.has(entry.id)) stopped.add(documentOf(entry));
  }
  return held;
}
