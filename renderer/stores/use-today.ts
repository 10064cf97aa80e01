import { useEventListener } from '@vueuse/core';
import { onScopeDispose, shallowRef } from 'vue';
import type { ShallowRef } from 'vue';

/** Milliseconds between two looks at the clock. */
const interval = 20_000;

/**
 * A moment of today (ms): it stays as it is until `dayOf` says another day, so that what depends on it is not worked out anew
 * all the time. A computer that slept past midnight is told within seconds, or as soon as its window is looked at.
 */
export function useToday(dayOf: (at: number) => string): Readonly<ShallowRef<number>> {
  const at = shallowRef(Date.now());
  const look = (): void => {
    const moment = Date.now();
    if (dayOf(moment) !== dayOf(at.value)) at.value = moment;
  };
  const timer = setInterval(look, interval);
  onScopeDispose(() => clearInterval(timer));
  useEventListener('focus', look);
  return at;
}
