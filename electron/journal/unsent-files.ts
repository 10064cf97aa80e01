import { z } from 'zod';
import type { JournalEntry } from '@shared/bridge/journal';

/** What an entry of the journal says of a file; the rest of its shape is the renderer's. */
const withFile = z.looseObject({ attachment: z.looseObject({ file: z.string() }) });

/** Ids of the kept files that entries of unsent work refer to. */
export const filesOf = (entries: readonly JournalEntry[]): string[] =>
  entries.flatMap(({ entry }) => withFile.safeParse(entry).data?.attachment.file ?? []);
