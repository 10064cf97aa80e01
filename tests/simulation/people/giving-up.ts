import { AppError } from '@shared/errors';
import type { OutboxEntry } from '@shared/sync/outbox-entry';
import type { Witness } from '../witness';

/** The entries go with what is done. Known before, since a crash may leave it done without a word; what is refused is still promised. */
export async function givingUp(witness: Witness, entries: OutboxEntry[], act: () => Promise<unknown>): Promise<void> {
  const gaveUp = witness.gaveUp(entries);
  try {
    await act();
  } catch (thrown) {
    if (AppError.from(thrown).code === 'refused') gaveUp.forEach((id) => witness.givenUp.delete(id));
    throw thrown;
  }
}
