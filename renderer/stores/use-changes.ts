import type { Ref } from 'vue';
import { rangeOf } from '../cache/documents';
import { useWorkspace } from './session';
import { useLive } from './use-live';

/** Which documents: all, those of a DocType, or, for a while, none. */
export type Watched = { doctype: string } | 'all' | 'none';

/**
 * Another number whenever documents changed, for what the search worker answers, which no query of the window watches.
 * At most one change each `everyMs` milliseconds.
 */
export function useChanges(watched: () => Watched, everyMs: number): Readonly<Ref<number>> {
  const { cache } = useWorkspace();
  let changes = 0;
  return useLive(
    async () => {
      const of = watched();
      if (of === 'none') return changes;
      // What is counted is watched.
      await (of === 'all' ? cache.documents : cache.documents.where('[doctype+modified]').between(...rangeOf(of.doctype))).count();
      return changes++;
    },
    { initial: 0, everyMs },
  );
}
