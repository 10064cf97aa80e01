import { AppError } from '@shared/errors';

const full: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT']);

export const codeOf = (thrown: unknown): string | null =>
  thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : null;

/** A failure of the disk as an `AppError`: `storage-full` or `storage`. Paths stay out of its words. */
export function storageFailure(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const code = codeOf(thrown);
  if (code !== null && full.has(code)) {
    return new AppError(
      'storage-full',
      'This device’s disk is full, so this was not kept. Free some space and try again; what was saved before is safe.',
      {},
      { cause: thrown },
    );
  }
  return new AppError(
    'storage',
    'This device’s disk could not be read or written, so this was not kept. Try again; if it goes on, check the disk.',
    code === null ? {} : { answer: code },
    { cause: thrown },
  );
}
