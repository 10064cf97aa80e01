import { ref, shallowRef } from 'vue';
import { AppError } from '@shared/errors';

/** One thing at a time that a person has started: whether it goes on, and what came in its way, to be said beside it. */
export function useTask() {
  const busy = ref(false);
  const error = shallowRef<AppError | null>(null);

  async function run(task: () => Promise<void>): Promise<void> {
    if (busy.value) return;
    busy.value = true;
    error.value = null;
    try {
      await task();
    } catch (thrown) {
      error.value = AppError.from(thrown);
    } finally {
      busy.value = false;
    }
  }

  return { busy, error, run };
}
