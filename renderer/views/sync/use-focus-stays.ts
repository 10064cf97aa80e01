import { nextTick, watch } from 'vue';
import type { Ref } from 'vue';

const entries = '[data-entry]';
const reachable = 'a[href], button:not(:disabled), input:not(:disabled)';

/**
 * The keyboard stays where it was when the entry that it was in leaves the list: in the one that took its place, else on
 * the tab. Answers what to tell of each focus within `view`.
 */
export function useFocusStays(view: Readonly<Ref<HTMLElement | null>>, ids: () => readonly string[]): (event: FocusEvent) => void {
  let last: { id: string; at: number } | null = null;

  const elements = (): HTMLElement[] => [...(view.value?.querySelectorAll<HTMLElement>(entries) ?? [])];

  watch(
    () => ids().join(),
    async () => {
      await nextTick();
      if (last === null || document.activeElement !== document.body || ids().includes(last.id)) return;
      const left = elements();
      const next = left[Math.min(last.at, left.length - 1)]?.querySelector<HTMLElement>(reachable);
      (next ?? view.value?.querySelector<HTMLElement>('[aria-current=page]'))?.focus();
    },
    { flush: 'post' },
  );

  return ({ target }) => {
    const entry = target instanceof Element ? target.closest<HTMLElement>(entries) : null;
    last = entry === null ? null : { id: entry.dataset['entry'] ?? '', at: elements().indexOf(entry) };
  };
}
