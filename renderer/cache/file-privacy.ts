import { AppError } from '@shared/errors';
import { isFrozen } from '@shared/sync/entry-state';
import { decided } from './decided';
import { tellJournal } from './journal';
import type { Recorder } from './recorder';
import { entriesOfDocument, inWorkTransaction, putEntry } from './work';

/**
 * Whether a file that waits to be sent is sent as a private one.
 * @param attachment its id
 * @throws AppError `refused` once it is on its way, or was sent
 */
export async function setPrivate(recorder: Recorder, attachment: string, isPrivate: boolean): Promise<void> {
  const { cache } = recorder;
  await inWorkTransaction(cache, async () => {
    const file = await cache.attachments.get(attachment);
    const entries = file === undefined ? [] : await entriesOfDocument(cache, file.doctype, file.name);
    const entry = entries.find(({ operation }) => operation.kind === 'attach' && operation.attachment === attachment);
    if (entry === undefined || isFrozen(entry)) {
      throw new AppError('refused', 'This file is on its way to the server, or there already. Who may open it can be changed there only.');
    }
    await cache.attachments.update(attachment, { isPrivate });
    // The journal's copy holds the file, too.
    await putEntry(recorder, { ...entry, revision: entry.revision + 1 });
    decided(recorder, entry, `its person: to be sent as a ${isPrivate ? 'private' : 'public'} file`);
  });
  await tellJournal(recorder);
}
