import { nextTick, ref, watch } from 'vue';
import type { Ref } from 'vue';

/** `height`: of what is seen (px); `headerHeight`: what of it the head covers; `choose`, `mark`: Enter and the space bar on a row. */
export type RowCursorOptions = {
  box: Readonly<Ref<HTMLElement | null>>;
  height: Readonly<Ref<number>>;
  total: () => number;
  rowHeight: () => number;
  headerHeight: number;
  choose: (index: number) => void;
  mark: (index: number) => void;
};

/** The one row of a virtual table that the keyboard is on; its element carries `data-index`. */
export function useRowCursor({ box, height, total, rowHeight, headerHeight, choose, mark }: RowCursorOptions) {
  const active = ref(0);
  const within = (index: number): number => Math.max(0, Math.min(total() - 1, index));
  watch(total, () => (active.value = within(active.value)));

  async function goTo(index: number): Promise<void> {
    const element = box.value;
    if (!element || total() === 0) return;
    active.value = within(index);
    const top = active.value * rowHeight();
    const room = element.clientHeight - headerHeight;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + rowHeight() > element.scrollTop + room) element.scrollTop = top + rowHeight() - room;
    await nextTick();
    requestAnimationFrame(() => element.querySelector<HTMLElement>(`[data-index="${active.value}"]`)?.focus({ preventScroll: true }));
  }

  function onKey(event: KeyboardEvent): void {
    if (!(event.target instanceof HTMLElement) || event.target.dataset['index'] === undefined) return;
    const page = Math.max(1, Math.floor(height.value / rowHeight()) - 2);
    const steps: Record<string, number> = {
      ArrowDown: active.value + 1,
      ArrowUp: active.value - 1,
      PageDown: active.value + page,
      PageUp: active.value - page,
      Home: 0,
      End: total() - 1,
    };
    const target = steps[event.key];
    if (target !== undefined) void goTo(target);
    else if (event.key === 'Enter') choose(active.value);
    else if (event.key === ' ') mark(active.value);
    else return;
    event.preventDefault();
  }

  function toTop(): void {
    if (box.value) box.value.scrollTop = 0;
    active.value = 0;
  }

  return { active, goTo, onKey, toTop };
}
