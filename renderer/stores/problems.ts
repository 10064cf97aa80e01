import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import { AppError } from '@shared/errors';
import { logged } from '../bridge/log-to';
import { useSession } from './session';

/** What went wrong where no screen was there to say it; shown once by the shell, and logged. */
export const useProblems = defineStore('problems', () => {
  const current = shallowRef<AppError | null>(null);

  function report(thrown: unknown): void {
    const error = AppError.from(thrown);
    if (error.code === 'cancelled') return;
    current.value = error;
    const message = logged(error).slice(0, 4000);
    // Where the log itself cannot be reached the person still sees the problem.
    useSession()
      .connection?.bridge.app.log({ level: 'error', scope: 'problem', message })
      .catch(() => undefined);
  }

  const dismiss = (): void => {
    current.value = null;
  };

  return { current, report, dismiss };
});
