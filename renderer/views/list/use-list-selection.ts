import { ref, watch } from 'vue';
import type { Ref } from 'vue';
import type { ListQuestion, LocalDocument } from '../../cache/documents';
import { useWorkspace } from '../../stores/session';
import { useBulk } from './use-bulk';

/** Rows of a list that are marked, whether on screen or not. Another question unmarks them. */
export function useListSelection(query: Readonly<Ref<ListQuestion>>, total: Readonly<Ref<number>>) {
  const { search } = useWorkspace();
  const selected = ref<ReadonlySet<string>>(new Set());
  const bulk = useBulk(query.value.doctype);

  const clear = (): void => void (selected.value = new Set());
  watch(query, clear);

  function select(name: string, on: boolean): void {
    const next = new Set(selected.value);
    if (on) next.add(name);
    else next.delete(name);
    selected.value = next;
  }

  const readAll = async (): Promise<LocalDocument[]> =>
    (await search.list({ query: { ...query.value, limit: Math.max(1, total.value) }, stamp: Date.now() })).rows;

  async function selectAll(on: boolean): Promise<void> {
    selected.value = on ? new Set((await readAll()).map((row) => row.doc.name)) : new Set();
  }

  /** The marked rows, or all that match where none is marked. */
  async function chosen(): Promise<LocalDocument[]> {
    const rows = await readAll();
    return selected.value.size > 0 ? rows.filter((row) => selected.value.has(row.doc.name)) : rows;
  }

  async function run(kind: 'submit' | 'delete'): Promise<void> {
    if (await bulk.run(kind, [...selected.value])) clear();
  }

  return { selected, select, selectAll, chosen, clear, run, busy: bulk.busy, problems: bulk.problems };
}
