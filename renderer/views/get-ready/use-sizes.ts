import { watchDebounced } from '@vueuse/core';
import { computed, shallowRef } from 'vue';
import { meanSize } from '../../cache/size';
import { useWorkspace } from '../../stores/session';
import { useSync } from '../../stores/sync';

/** A mean serves until there are this many times more or fewer documents. */
const worthAnotherLook = 1.2;

/**
 * About how many bytes each DocType takes on this device. A download changes the counts many times a second: the mean
 * of a DocType is taken again only when it has grown or shrunk by a fifth, and the count does the rest.
 */
export function useSizes(doctypes: () => readonly string[]) {
  const { cache } = useWorkspace();
  const sync = useSync();
  const means = shallowRef<ReadonlyMap<string, { mean: number; count: number }>>(new Map());
  const countOf = (doctype: string): number => sync.counts[doctype]?.total ?? 0;

  async function look(): Promise<void> {
    const found = new Map(means.value);
    for (const doctype of doctypes()) {
      const count = countOf(doctype);
      const known = found.get(doctype);
      const same = known !== undefined && count <= known.count * worthAnotherLook && count * worthAnotherLook >= known.count;
      if (count > 0 && !same) found.set(doctype, { mean: await meanSize(cache, doctype), count });
    }
    means.value = found;
  }

  watchDebounced([doctypes, () => sync.counts], look, { debounce: 300, maxWait: 1_000, immediate: true });

  return computed((): Record<string, number | undefined> =>
    Object.fromEntries(
      doctypes().map((doctype) => {
        const mean = means.value.get(doctype)?.mean;
        return [doctype, countOf(doctype) === 0 ? 0 : mean === undefined ? undefined : mean * countOf(doctype)];
      }),
    ),
  );
}
