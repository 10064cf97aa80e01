import { nextTick, ref } from 'vue';
import type { Ref } from 'vue';

export type Cell = { row: number; column: number };

export type GridShape = {
  rows(): number;
  columns(): number;
  /** Brings a row into view. */ show(row: number): void;
  element: Ref<HTMLElement | null>;
};

/** One cell of a grid has the focus; at most that one is edited. */
export function useGridCursor(shape: GridShape) {
  const active = ref<Cell>({ row: 0, column: 0 });
  const editing = ref(false);

  const clamp = (value: number, count: number): number => Math.min(Math.max(0, value), Math.max(0, count - 1));
  const isActive = (row: number, column: number): boolean => active.value.row === row && active.value.column === column;

  async function focus(row: number, column: number): Promise<void> {
    active.value = { row: clamp(row, shape.rows()), column: clamp(column, shape.columns()) };
    shape.show(active.value.row);
    await nextTick();
    element()?.focus();
  }

  const element = (): HTMLElement | null =>
    shape.element.value?.querySelector<HTMLElement>(`[data-cell="${active.value.row}:${active.value.column}"]`) ?? null;

  /** Opens the cell for typing; `first` is the sign that was typed to open it and replaces what stands there. */
  async function edit(first: string | null): Promise<void> {
    editing.value = true;
    await nextTick();
    const input = element()?.querySelector<HTMLInputElement | HTMLTextAreaElement>('input, textarea');
    if (input === null || input === undefined) return;
    input.focus();
    if (first === null) {
      input.select();
      return;
    }
    input.value = first;
    input.dispatchEvent(new Event('input', { bubbles: true }));
  }

  /** Ends typing and keeps the focus on the cell. */
  async function stop(): Promise<void> {
    editing.value = false;
    await nextTick();
    element()?.focus();
  }

  const moves: Record<string, (cell: Cell) => Cell> = {
    ArrowUp: ({ row, column }) => ({ row: row - 1, column }),
    ArrowDown: ({ row, column }) => ({ row: row + 1, column }),
    ArrowLeft: ({ row, column }) => ({ row, column: column - 1 }),
    ArrowRight: ({ row, column }) => ({ row, column: column + 1 }),
    Home: ({ row }) => ({ row, column: 0 }),
    End: ({ row }) => ({ row, column: shape.columns() - 1 }),
    PageUp: ({ row, column }) => ({ row: row - 10, column }),
    PageDown: ({ row, column }) => ({ row: row + 10, column }),
  };

  /** Moves by a key; false where the key moves nothing. */
  function move(event: KeyboardEvent): boolean {
    const next = moves[event.key]?.(active.value);
    if (next === undefined) return false;
    const far = event.ctrlKey || event.metaKey;
    if (far && event.key === 'Home') next.row = 0;
    if (far && event.key === 'End') next.row = shape.rows() - 1;
    event.preventDefault();
    void focus(next.row, next.column);
    return true;
  }

  return { active, editing, isActive, focus, edit, stop, move };
}

export type GridCursor = ReturnType<typeof useGridCursor>;
