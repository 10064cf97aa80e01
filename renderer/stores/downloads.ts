import { computed } from 'vue';
import type { PullProgress } from '@shared/sync/sync-state';
import { useWorkspace } from './session';
import { useSync } from './sync';
import { useLive } from './use-live';

/** A download changes its place many times a second; screens follow no faster than this, in ms. */
const sightMs = 500;

/**
 * Where the download of each DocType stands: as the engine says it, and where it has said nothing since it started (without a
 * connection it does not) as it is written down on this device.
 */
export function useDownloads() {
  const { cache } = useWorkspace();
  const sync = useSync();
  const cursors = useLive(() => cache.cursors.toArray(), { initial: [], everyMs: sightMs });
  return computed((): Record<string, PullProgress> => {
    const known = cursors.value.map(({ doctype, completedAt, running, done }): [string, PullProgress] => [
      doctype,
      {
        doctype,
        state: running ? 'waiting' : completedAt === null ? 'never' : 'done',
        done: completedAt === null ? done : 0,
        total: null,
        bytes: 0,
        completedAt,
        error: null,
      },
    ]);
    return { ...Object.fromEntries(known), ...sync.state?.pulls };
  });
}
