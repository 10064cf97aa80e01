import type { DocInfo } from '@shared/bridge/erp';
import type { ErrorCode } from '@shared/errors';
import type { SiteFile } from '@shared/files/files-offline';
import type { DocTypeBundle } from '@shared/erp/doctype';
import type { CursorMark, Position } from '@shared/sync/cursor';
import type { Attachment, OutboxEntry } from '@shared/sync/outbox-entry';
import type { Body } from './body';

/** What a person should know about a document's unsent work. */
export type Mark = 'none' | 'waiting' | 'sending' | 'needs-you';

/** Why a document is on this device; the later ones weigh more. */
const origins = ['local', 'linked', 'opened', 'profile'] as const;
export type Origin = (typeof origins)[number];

export const strongerOrigin = (one: Origin, other: Origin): Origin => (origins.indexOf(one) > origins.indexOf(other) ? one : other);

/** Indexed columns and one opaque body. */
export type DocumentRow = {
  doctype: string;
  name: string;
  /** The server's token, or `unsent` for a document that it has not seen (sorts as the newest). */
  modified: string;
  creation: string;
  title: string;
  /** Folded text that a search looks through: name, title, search fields, alias. */
  search: string;
  body: Body;
  /** The server's version that the unsent changes came from; absent for a clean document and for one made here. */
  base?: Body;
  /** Present only while there is unsent work: a sparse index of it. */
  mark?: Exclude<Mark, 'none'>;
  /** A delete is under way: lists leave it out. */
  deleting?: 1;
  alias?: string;
  origin: Origin;
  /** When this version was stored (ms). */
  keptAt: number;
};

export const unsentModified = 'unsent';

/** A name that a document or row had before the server named it. */
export type AliasRow = {
  temporary: string;
  doctype: string;
  /** Its name now: still the temporary one until the create is answered. Null for one that was taken back. */
  name: string | null;
  /** What the person sees, e.g. "New Sales Order 3 (this device)"; null for rows of child tables. */
  alias: string | null;
  number: number;
};

/**
 * What the journal has yet to be told: written in the transaction of the change itself and removed once the journal
 * has it. `done` also marks an entry that ended without a receipt, so that it is not restored from the journal.
 */
export type JournalQueueRow = { id: string; kind: 'put' | 'done'; revision: number; at: number };

/** Where the download of a DocType stands. */
export type CursorRow = {
  doctype: string;
  /** Position within the run that is under way; null at its very beginning. */
  position: Position | null;
  /** A run is under way, or was cut off. */
  running: boolean;
  /** Where later runs may start, oldest first. */
  marks: CursorMark[];
  /** When the last run began (ms). */
  lastRunAt: number;
  done: number;
  completedAt: number | null;
  sweptAt: number | null;
  /** Filters the position belongs to; others start anew. */
  filters: string;
};

export type DocTypeRow = { name: string; bundle: DocTypeBundle; keptAt: number };
export type DocInfoRow = DocInfo & { doctype: string; name: string; keptAt: number };
export type MetaRow = { key: string; value: unknown };

/**
 * A file of the site on a document here, as its list told it last. `refused`: it could not be had, why, and when it was asked
 * for (ms).
 */
export type SiteFileRow = SiteFile & { isPrivate: 0 | 1; modified: string; refused?: { code: ErrorCode; at: number } };

/** A part of what the search knows of a DocType, under a number. `fields` names what was looked through when it was read. */
export type SearchIndexRow = { doctype: string; part: number; fields: string; body: string };

/** What the journal keeps of an entry: enough to restore it without the browser's database. Its bodies are text: it is sealed itself. */
export type JournalledWork = {
  entry: OutboxEntry;
  document: DocumentRow | null;
  attachment: Attachment | null;
  alias: AliasRow | null;
};
