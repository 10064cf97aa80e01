import { useEventListener } from '@vueuse/core';
import { nextTick } from 'vue';
import type { DocField } from '@shared/erp/docfield';
import type { ChildRow, FieldValue } from '@shared/erp/document';
import { wantsRowForm } from './grid-cell';
import type { Grid } from './use-grid';
import type { GridCursor } from './use-grid-cursor';

const choiceTypes: ReadonlySet<string> = new Set(['Link', 'Dynamic Link', 'Select', 'Autocomplete']);

/** While a list of choices stands open, or is about to for what was typed, Enter and Escape are its own. */
const choosing = ({ target }: KeyboardEvent): boolean =>
  target instanceof HTMLInputElement &&
  target.getAttribute('role') === 'combobox' &&
  (target.getAttribute('aria-expanded') === 'true' || target.value !== '');

/** Filling a grid by keyboard: what each key does on a cell and in the editor of one. `openRow` shows a row's own form. */
export function useGridKeys(grid: Grid, cursor: GridCursor, openRow: (name: string, fieldname: string) => void) {
  const { rows, columns, fieldAt, mayEdit, set, valueOf } = grid;
  let before: FieldValue = null;

  function activeCell(): { row: ChildRow; field: DocField } | null {
    const row = rows.value[cursor.active.value.row];
    const field = fieldAt(cursor.active.value.column);
    return row === undefined || field === undefined ? null : { row, field };
  }

  async function edit(first: string | null): Promise<void> {
    const cell = activeCell();
    if (cell === null) return;
    const { row, field } = cell;
    if (wantsRowForm(field)) return openRow(row.name, field.fieldname);
    if (!mayEdit(row, field)) return;
    if (field.fieldtype === 'Check') return set(row, field, Number(row[field.fieldname] ?? 0) === 1 ? 0 : 1);
    before = valueOf(row, field);
    await cursor.edit(first);
  }

  async function add(): Promise<void> {
    const last = rows.value.length;
    grid.addRows();
    await nextTick();
    const first = columns.value.findIndex(({ field }) => mayEdit(rows.value[last], field) && field.fieldtype !== 'Check');
    await cursor.focus(last, Math.max(0, first));
    await edit(null);
  }

  function clear(row: ChildRow, field: DocField): void {
    if (mayEdit(row, field)) set(row, field, field.fieldtype === 'Check' ? 0 : null);
  }

  function repeatAbove(row: ChildRow, field: DocField): void {
    const above = rows.value[cursor.active.value.row - 1];
    if (above !== undefined && mayEdit(row, field)) set(row, field, valueOf(above, field));
  }

  /** The next cell that can be edited; past the last one a row is added. */
  async function next(step: 1 | -1): Promise<void> {
    cursor.editing.value = false;
    const count = columns.value.length;
    let at = cursor.active.value.row * count + cursor.active.value.column + step;
    while (at >= 0 && at < rows.value.length * count && !mayEdit(rows.value[Math.floor(at / count)], fieldAt(at % count))) at += step;
    if (at < 0) return cursor.stop();
    if (at >= rows.value.length * count) return add();
    await cursor.focus(Math.floor(at / count), at % count);
    if (fieldAt(at % count)?.fieldtype !== 'Check') await edit(null);
  }

  async function down(): Promise<void> {
    const { row, column } = cursor.active.value;
    cursor.editing.value = false;
    if (row + 1 >= rows.value.length) return add();
    await cursor.focus(row + 1, column);
  }

  /** Takes what an open list offers, as Enter does, and goes on; a list that finds nothing is left after a moment. */
  async function chooseFirst(input: HTMLInputElement, step: 1 | -1): Promise<void> {
    const { row, column } = cursor.active.value;
    input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', bubbles: true, cancelable: true }));
    for (let frame = 0; frame < 30 && (input.getAttribute('aria-expanded') === 'true' || input.value !== ''); frame += 1)
      await new Promise((done) => requestAnimationFrame(done));
    if (cursor.isActive(row, column)) await next(step);
  }

  /** A key on a cell that is not being edited. */
  function onKey(event: KeyboardEvent): void {
    const cell = activeCell();
    if (cell === null || event.altKey || cursor.editing.value || cursor.move(event)) return;
    const { row, field } = cell;
    const command = event.ctrlKey || event.metaKey;
    const take = (work: () => void): void => {
      event.preventDefault();
      work();
    };
    if (command && event.key.toLowerCase() === 'd') take(() => repeatAbove(row, field));
    else if (event.key === 'Enter' || event.key === 'F2') take(() => void edit(null));
    else if (event.key === ' ' && field.fieldtype === 'Check') take(() => void edit(null));
    else if (event.key === 'Delete' || event.key === 'Backspace') take(() => clear(row, field));
    else if (!command && event.key.length === 1 && event.key !== ' ') take(() => void edit(event.key));
  }

  /** Seen before the editor sees them: its lists keep Enter and Escape to themselves even when they are closed. */
  function onKeyInEditor(event: KeyboardEvent): void {
    const cell = activeCell();
    if (!cursor.editing.value || cell === null) return;
    const open = choosing(event);
    const take = (work: () => void): void => {
      event.preventDefault();
      event.stopPropagation();
      work();
    };
    if (event.key === 'Tab') {
      const step = event.shiftKey ? -1 : 1;
      take(() => void (open && event.target instanceof HTMLInputElement ? chooseFirst(event.target, step) : next(step)));
    } else if (event.key === 'Enter' && !event.shiftKey && !open) take(() => void down());
    else if (event.key === 'Escape' && !open)
      take(() => {
        // What was chosen from a list stays chosen.
        if (!choiceTypes.has(cell.field.fieldtype)) set(cell.row, cell.field, before);
        void cursor.stop();
      });
  }

  async function onCell(row: number, column: number): Promise<void> {
    if (cursor.editing.value && cursor.isActive(row, column)) return;
    cursor.editing.value = false;
    await cursor.focus(row, column);
    await edit(null);
  }

  /** A cell reached by other ways, e.g. a screen reader's, is the active one too. */
  function onFocus({ target }: FocusEvent): void {
    const place = target instanceof HTMLElement ? target.dataset['cell']?.split(':').map(Number) : undefined;
    if (place?.[0] !== undefined && place[1] !== undefined && !cursor.editing.value)
      cursor.active.value = { row: place[0], column: place[1] };
  }

  // A click elsewhere ends typing; lists and calendars of the editor stand outside of the grid.
  useEventListener(document, 'pointerdown', (event) => {
    if (!cursor.editing.value || !(event.target instanceof Element)) return;
    if (event.target.closest('.el-popper, .el-overlay') === null && event.target.closest('.cell.editing') === null)
      cursor.editing.value = false;
  });

  return { add, onKey, onKeyInEditor, onCell, onFocus };
}
