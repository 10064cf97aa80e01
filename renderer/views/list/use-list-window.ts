import { computed, ref } from 'vue';
import type { ComputedRef, Ref } from 'vue';
import type { ListQuestion, LocalDocument } from '../../cache/documents';
import { countListed, indexedRows, isIndexed } from '../../cache/list';
import { useWorkspace } from '../../stores/session';
import { useChanges } from '../../stores/use-changes';
import { useLive, useLiveQuery } from '../../stores/use-live';

/** Rows are read in steps of this many, so that scrolling a little asks for nothing new. */
const step = 50;

/** `total`: how many match; null where an index answers, which is counted by itself. */
type Shown = { rows: LocalDocument[]; total: number | null; offset: number };

export type ListWindow = {
  total: ComputedRef<number>;
  loaded: Readonly<Ref<boolean>>;
  error: ComputedRef<unknown>;
  rowAt: (index: number) => LocalDocument | undefined;
  /** Tell which rows are on screen. */
  show: (first: number, count: number) => void;
};

/** Milliseconds between two answers to a question that reads the whole DocType, while a download goes on. */
const rereadEvery = 1_000;

/** The part of a list that is on screen and a little around it, live; a list of any length costs the same. */
export function useListWindow(query: ComputedRef<ListQuestion>): ListWindow {
  const { cache, search } = useWorkspace();
  const from = ref(0);
  const limit = ref(3 * step);
  const indexed = computed(() => isIndexed(query.value));

  const doctype = computed(() => query.value.doctype);
  const stamp = useChanges(() => (indexed.value ? 'none' : { doctype: doctype.value }), rereadEvery);

  /** Counted beside the page, which does not wait for it. */
  const counted = useLive(() => (indexed.value ? countListed(cache, doctype.value) : null), { initial: null });

  const live = useLiveQuery(
    async (): Promise<Shown> => {
      const offset = from.value;
      const asked = { ...query.value, offset, limit: limit.value };
      if (indexed.value) return { rows: await indexedRows(cache, asked), total: null, offset };
      return { ...(await search.list({ query: asked, stamp: stamp.value })), offset };
    },
    { initial: { rows: [], total: null, offset: 0 } },
  );
  /** As many as are known to be there, until they are counted. */
  const total = computed(() => {
    const { rows, total: matching, offset } = live.value.value;
    return matching ?? counted.value ?? offset + rows.length;
  });

  function show(first: number, count: number): void {
    from.value = Math.max(0, Math.floor(first / step) * step - step);
    limit.value = Math.ceil(count / step) * step + 2 * step;
  }

  return {
    total,
    loaded: live.loaded,
    error: computed(() => live.error.value),
    rowAt: (index) => live.value.value.rows[index - live.value.value.offset],
    show,
  };
}
