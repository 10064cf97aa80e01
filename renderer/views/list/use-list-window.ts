import { computed, ref } from 'vue';
import type { ComputedRef, Ref } from 'vue';
import type { DocType } from '@shared/erp/doctype';
import { listDocuments } from '../../cache/documents';
import type { ListQuery, LocalDocument } from '../../cache/documents';
import { useWorkspace } from '../../stores/session';
import { useLiveQuery } from '../../stores/use-live';

/** Rows are read in steps of this many, so that scrolling a little asks for nothing new. */
const step = 50;

export type ListWindow = {
  total: ComputedRef<number>;
  loaded: Readonly<Ref<boolean>>;
  error: ComputedRef<unknown>;
  rowAt: (index: number) => LocalDocument | undefined;
  /** Tell which rows are on screen. */
  show: (first: number, count: number) => void;
};

/** The part of a list that is on screen and a little around it, live; a list of any length costs the same. */
export function useListWindow(
  query: ComputedRef<Omit<ListQuery, 'limit' | 'offset'>>,
  doctype: ComputedRef<DocType | undefined>,
): ListWindow {
  const { cache } = useWorkspace();
  const from = ref(0);
  const limit = ref(3 * step);

  const live = useLiveQuery(
    async () => {
      const offset = from.value;
      const result = await listDocuments(cache, { ...query.value, offset, limit: limit.value }, doctype.value);
      return { ...result, offset };
    },
    { initial: { rows: [] as LocalDocument[], total: 0, offset: 0 } },
  );

  function show(first: number, count: number): void {
    from.value = Math.max(0, Math.floor(first / step) * step - step);
    limit.value = Math.ceil(count / step) * step + 2 * step;
  }

  return {
    total: computed(() => live.value.value.total),
    loaded: live.loaded,
    error: computed(() => live.error.value),
    rowAt: (index) => live.value.value.rows[index - live.value.value.offset],
    show,
  };
}
