import { computed } from 'vue';
import { useSync } from './sync';

/** Why the server cannot be asked now: keys below `common.notReached`. Null: it can. */
export function useServerReach() {
  const sync = useSync();
  return computed(() => {
    const kind = sync.state?.connectivity.kind ?? 'offline';
    // A budget holds background work alone.
    return kind === 'online' || kind === 'budget' ? null : kind;
  });
}
