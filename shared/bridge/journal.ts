import { z } from 'zod';
import { accountId } from './accounts';
import { method } from './method';

/**
 * The main process's own copy of unsent work: append-only, encrypted, fsynced.
 * `entry` is an outbox entry as the renderer stores it, with the document it concerns; its shape is the renderer's,
 * parsed again when it comes back.
 */
export const journalRecord = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('put'), id: z.uuid(), entry: z.unknown() }),
  z.object({ kind: z.literal('sending'), id: z.uuid(), at: z.string() }),
  z.object({ kind: z.literal('done'), id: z.uuid() }),
]);

export type JournalRecord = z.infer<typeof journalRecord>;

/**
 * Unsent work as the journal knows it, in the order it was first put. `sending`: it may have reached the server.
 * `ended`: it had ended before it was put, by a database from before that.
 */
export type JournalEntry = { id: string; entry: unknown; sending: boolean; ended?: true };

/** `torn`: the last write was not finished and never acknowledged. `damaged`: places that could not be read, found at `damagedAt` (ms). */
export type JournalCondition = { torn: boolean; damaged: number; damagedAt?: number };

export const journal = {
  /** Returns after fsync. */
  append: method<null>()(z.object({ account: accountId, records: z.array(journalRecord).min(1).max(1000) })),
  /** What was wrong with the journal when it was opened: an unfinished last write is harmless, damage is not. */
  condition: method<JournalCondition>()(z.object({ account: accountId })),
  /** The DocTypes of the changes that have not reached the server, one a change. */
  unsent: method<string[]>()(z.object({ account: accountId })),
  read: method<JournalEntry[]>()(z.object({ account: accountId })),
};
