import { useEventListener, useIntervalFn } from '@vueuse/core';
import { shallowRef } from 'vue';
import type { ShallowRef } from 'vue';

/** Milliseconds between two looks at the clock. */
const interval = 20_000;

/**
 * A moment of today (ms): it stays as it is until `dayOf` says another day, so that what depends on it is not worked out anew
 * all the time. A computer that slept past midnight is told within seconds, or as soon as its window is looked at.
 */
export function useToday(dayOf: (at: number) => string, now: () => number = Date.now): Readonly<ShallowRef<number>> {
  const at = shallowRef(now());
  const look = (): void => {
    const moment = now();
    if (dayOf(moment) !== dayOf(at.value)) at.value = moment;
  };
  useIntervalFn(look, interval);
  if (typeof window !== 'undefined') useEventListener(window, 'focus', look);
  return at;
}
