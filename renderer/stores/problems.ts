import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import { AppError } from '@shared/errors';
import { useSession } from './session';

/** What the log is told of an error. Only a defect's own words: those of the server, and ours about it, may name a document. */
export function logged(error: AppError): string {
  const stack = (error.cause instanceof Error ? error.cause.stack : error.stack) ?? '';
  if (error.code === 'internal') return `${error.code}: ${error.message}\n${stack}`;
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
  return [`${error.code} ${error.details.request ?? ''}`.trim(), ...frames].join('\n');
}

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
