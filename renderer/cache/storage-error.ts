import { Dexie } from 'dexie';
import { AppError } from '@shared/errors';

/** What reading or writing the database threw, as an `AppError`: `storage-full` where the browser gives it no more room. */
export function storageError(thrown: unknown): AppError {
  if (thrown instanceof AppError || !(thrown instanceof Dexie.DexieError)) return AppError.from(thrown);
  const isFull = thrown.name === Dexie.errnames.QuotaExceeded || nameOf(thrown.inner) === Dexie.errnames.QuotaExceeded;
  return isFull
    ? new AppError('storage-full', 'The browser has no more room for Fieldbook. Free some space on this device.', {}, { cause: thrown })
    : new AppError('storage', `The database of this device could not be used (${thrown.name}).`, {}, { cause: thrown });
}

const nameOf = (inner: unknown): string | null => (inner instanceof Error ? inner.name : null);
