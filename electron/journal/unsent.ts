import { z } from 'zod';
import type { JournalEntry } from '@shared/bridge/journal';

/** An entry's shape is the renderer's; this is all of it that is told here. */
const ofDocType = z.object({ entry: z.object({ doctype: z.string() }) });

/** The DocTypes of entries, one an entry, for telling a person what is unsent. */
export const docTypesOf = (entries: readonly JournalEntry[]): string[] =>
  entries.map(({ entry }) => ofDocType.safeParse(entry).data?.entry.doctype ?? 'DocType unknown');
