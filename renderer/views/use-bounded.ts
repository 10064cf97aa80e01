import { computed, ref } from 'vue';
import type { ComputedRef } from 'vue';

/** The first of a long list, and `step` more each time somebody wants to see them: a thousand lines would slow the screen. */
export function useBounded<T>(all: () => readonly T[], step: number) {
  const most = ref(step);
  const shown = computed(() => all().slice(0, most.value));
  /** How many the next step shows; 0 where all are shown. */
  const more: ComputedRef<number> = computed(() => Math.min(step, all().length - shown.value.length));
  const showMore = (): void => void (most.value += step);
  return { shown, more, showMore };
}
