import { z } from 'zod';
import { accountId } from './accounts';
import type { JournalEntry } from './journal';
import { method } from './method';

/** `cancelled`: the person named no place. `download`: a path of this host that answers once with the file. */
export type HandedOver = { at: 'saved' } | { at: 'cancelled' } | { at: 'download'; path: string };

/** `missing`: files whose bytes this device does not keep any more. */
export type ExportedWork = { handedOver: HandedOver; changes: number; files: number; missing: number };

/** Unsent work of an exported file, as the journal of that device knew it; the bytes of its files are kept already. */
export type ImportedWork = { entries: JournalEntry[]; files: number; exportedAt: string };

const passphrase = z.string().min(8).max(1000);
const handle = z.string().max(64);
const chunk = z.instanceof(Uint8Array).refine((bytes) => bytes.byteLength <= 4 * 1024 * 1024, 'a chunk is at most 4 MiB');

/** Unsent work in an encrypted file, for the day when a device dies. */
export const work = {
  /** Writes what the journal holds, with the bytes of its files, where the person wants it. */
  export: method<ExportedWork>()(z.object({ account: accountId, passphrase })),
  /** An exported file is received in chunks; the answer is a handle for `write`, `open` and `abandon`. */
  begin: method<{ handle: string }>()(z.object({})),
  write: method<null>()(z.object({ handle, bytes: chunk })),
  /**
   * Reads what was received: `sign-in` for a wrong passphrase (the handle stays), `unsupported` for another file or
   * account, `storage` for a damaged one.
   */
  open: method<ImportedWork>()(z.object({ handle, account: accountId, passphrase: z.string().max(1000) })),
  abandon: method<null>()(z.object({ handle })),
};
