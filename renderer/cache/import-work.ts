import type { JournalEntry } from '@shared/bridge/journal';
import { tellJournal } from './journal';
import type { Recorder } from './recorder';
import { parseWorks, restoreWorks } from './restore';

/** `known`: changes that this device has, or had and sent; they are left as they are. */
export type ImportedChanges = { added: number; known: number; unreadable: number };

/**
 * Takes in unsent work that another device exported: as `uncertain`, since that device may have sent it after it was
 * exported. What is here already, or was sent from here, is passed over, so that a second import does nothing.
 */
export async function importWork(recorder: Recorder, entries: JournalEntry[]): Promise<ImportedChanges> {
  const { works, unreadable } = parseWorks(entries);
  const added = await restoreWorks(recorder, works, { imported: true });
  await tellJournal(recorder);
  return { added, known: works.length - added, unreadable: unreadable.length };
}
