import type { DocTypeBundle } from '@shared/erp/doctype';

/** The DocType whose documents are moved: many columns, and no child tables here, so that a page is one list. */
export const subject = 'Payment Entry';

/** What the worker of the bench page is asked to do. `pages` are addresses that a download asked for. */
export type Task =
  /** The app's own download of every document that the server has, into a fresh database. */
  | { kind: 'download'; bundle: DocTypeBundle; networkMs: number }
  /** The same pages fetched, one after the other, and thrown away. */
  | { kind: 'discard'; pages: string[] }
  /** The same documents written by IndexedDB alone, a page a transaction; only the writing counts. */
  | { kind: 'write'; pages: string[] }
  /** So many edits sent by the app's own push; the server answers at once. */
  | { kind: 'push'; bundle: DocTypeBundle; entries: number };

/** How long it took (ms), how many documents or edits it was, and the pages that were asked for. */
export type Taken = { ms: number; count: number; pages: string[] };
