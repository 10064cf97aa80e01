import type { ShallowRef } from 'vue';
import { useChanges } from './use-changes';
import type { Watched } from './use-changes';
import { useLive } from './use-live';

/**
 * What the search worker answers, asked anew whenever a reactive value that `ask` read changes, or documents that are
 * watched, at most each `everyMs` milliseconds then. `stamp`: another number after each such change.
 */
export function useAnswer<T>(
  ask: (stamp: number) => Promise<T> | T,
  { watched, everyMs, initial }: { watched: () => Watched; everyMs: number; initial: T },
): Readonly<ShallowRef<T>> {
  const stamp = useChanges(watched, everyMs);
  return useLive(() => ask(stamp.value), { initial });
}
