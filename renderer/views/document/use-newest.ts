import { computed, ref } from 'vue';

/** So many are shown until somebody wants to see all: a thousand lines would slow the screen. */
const most = 50;

/** The newest of a list, which are its last. `hidden`: how many others there are. */
export function useNewest<T>(all: () => readonly T[]) {
  const whole = ref(false);
  const shown = computed(() => (whole.value ? all() : all().slice(-most)));
  const hidden = computed(() => all().length - shown.value.length);
  const showAll = (): void => void (whole.value = true);
  return { shown, hidden, showAll };
}
