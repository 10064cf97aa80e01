import { computed, reactive } from 'vue';
import type { DocField } from '@shared/erp/docfield';
import { rowsToMove } from '@shared/form/rows-to-move';
import { useForm } from '../form-context';
import type { Grid } from './use-grid';

/** Rows that are marked, and what is done to all of them at once. */
export function useRowSelection(grid: Grid, table: () => DocField) {
  const form = useForm();
  const selected = reactive(new Set<string>());
  const chosen = computed(() => grid.rows.value.filter((row) => selected.has(row.name)));
  const all = computed(() => grid.rows.value.length > 0 && chosen.value.length === grid.rows.value.length);

  function choose(name: string, on: boolean): void {
    if (on) selected.add(name);
    else selected.delete(name);
  }
  function chooseAll(on: boolean): void {
    selected.clear();
    if (on) for (const row of grid.rows.value) selected.add(row.name);
  }
  function remove(): void {
    form.removeRows(table(), new Set(selected));
    selected.clear();
  }
  function copy(): void {
    const [only] = chosen.value;
    if (only !== undefined) form.copyRow(table(), only);
  }
  function move(by: 1 | -1): void {
    for (const name of rowsToMove(grid.rows.value, selected, by)) form.moveRow(table(), name, by);
  }

  return { selected, chosen, all, choose, chooseAll, remove, copy, move };
}
