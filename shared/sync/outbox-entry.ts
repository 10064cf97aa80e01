import type { ChildRow, Doc, DocumentValues, FieldValue } from '../erp/document';
import type { ErrorCode, ServerMessage } from '../errors';

/** A cell: a field of the document, or of one row of a child table. */
export type CellPath = { fieldname: string } | { table: string; row: string; fieldname: string };

/** A row of a child table. */
export type RowPath = { table: string; row: string };

/** What an edit did to one child table, rows by row name. */
export type TableChanges = {
  /** New rows, whole, under temporary row names. */
  added: ChildRow[];
  /** Changed cells by row name. */
  edited: Record<string, Record<string, FieldValue>>;
  removed: string[];
  /** All row names in the order the person left them; present only when rows moved, came or went. */
  order?: string[];
};

/** What an edit did to a document: only what the person changed. */
export type Changes = { fields: Record<string, FieldValue>; tables: Record<string, TableChanges> };

/** What is to happen on the server. An amendment is a create whose values hold `amended_from`. */
export type Operation =
  | { kind: 'create'; values: DocumentValues }
  | { kind: 'update'; changes: Changes }
  /** `seen`: the values that must stand when it is submitted, as the person saw them (what was typed, and the total). */
  | { kind: 'submit'; seen: Record<string, FieldValue> }
  | { kind: 'cancel' }
  | { kind: 'delete' }
  | { kind: 'workflow'; action: string; stateField: string; fromState: string; toState: string }
  /** `content` is HTML-free text; it is sent inside an element that carries the entry's id. */
  | { kind: 'comment'; content: string }
  /** `cancelled`: its person stopped it on its way: where it did not arrive, it is not sent again. */
  | { kind: 'attach'; attachment: string; cancelled?: true }
  | Detach;

/**
 * Takes one file off its document, and off the server. `file`: the name of its File document; `url`, `fileName`: its address
 * and what the server called it when it was asked for; `shown`: what its person calls it; `cells`: the Attach fields that held
 * the address, emptied by an edit before it; `elsewhere`: where else it hangs (null: nowhere), and its person removes it all the
 * same.
 */
export type Detach = {
  kind: 'detach';
  file: string;
  url: string;
  fileName: string;
  shown: string;
  cells: CellPath[];
  elsewhere?: DocumentKey | null;
};

export type OperationKind = Operation['kind'];

/** One value that differs: what it was, what this device wants, what the server has. */
export type Clash = {
  path: CellPath;
  base: FieldValue | undefined;
  mine: FieldValue | undefined;
  theirs: FieldValue | undefined;
  /**
   * Set when a whole row is in question instead of a cell: it is there on one side only. `order`: the order of all rows of the
   * table that the path names.
   */
  row?: 'removed-here' | 'removed-there' | 'added-here' | 'added-there' | 'order';
};

/** Why an entry needs a person. */
export type Problem =
  | {
      kind: 'refused';
      code: ErrorCode;
      message: string;
      serverMessages: ServerMessage[];
      /** Fields the server's words concern, where that can be told. */
      fields: { path: CellPath; message: string }[];
    }
  | { kind: 'conflict'; base: Doc; mine: Doc; theirs: Doc; clashes: Clash[] }
  /** The document was deleted there (`gone`) or may no longer be seen (`hidden`). */
  | { kind: 'missing'; how: 'gone' | 'hidden' }
  | { kind: 'may-exist'; candidates: { name: string; owner: string; creation: string; title: string | null }[] }
  /** What would be submitted, cancelled or deleted is not what the person saw. */
  | { kind: 'changed-before-submit'; differences: Clash[]; theirs: Doc }
  /** A file that was to be removed has another name there by now, or hangs on another document (null: on none). */
  | { kind: 'changed-file'; fileName: string; on: DocumentKey | null }
  /** The stored entry could not be read by this version; its text is kept. */
  | { kind: 'unreadable'; message: string };

export type DocumentKey = { doctype: string; name: string };

/** Times are milliseconds since 1970 by this device's clock, for display and back-off only. */
export type EntryState =
  | { at: 'queued'; notBefore?: number }
  | { at: 'waiting'; on: DocumentKey[] }
  /** `baseline`: the `Date` header of the last answer before the attempt, or null when there was none yet. */
  | { at: 'sending'; since: number; baseline: string | null }
  /**
   * `since`: when it was sent. `lookedAt`: the server's `Date` of the first look that did not find it. `outlived`: the
   * journal saw it end, and then a database from before that came back.
   */
  | { at: 'uncertain'; since: number; baseline: string | null; notBefore?: number; lookedAt?: string; outlived?: true }
  /** `baseline`: of the attempt before, where there was one. */
  | { at: 'parked'; since: number; problem: Problem; baseline?: string | null };

/** How a create can be found on the server again. */
export type CreateMarker =
  | { by: 'unique-field'; fieldname: string; value: string }
  | { by: 'name'; name: string }
  | { by: 'idx'; idx: number }
  /** `known`: names of its like that this device knew before it was sent first; what it made is none of them. */
  | { by: 'look-up'; known?: string[] }
  /** A person said which document it is. */
  | { by: 'adopted'; name: string };

/** One unsent change. Entries of one document are sent in the order of `seq`. */
export type OutboxEntry = {
  /** UUID, for good: journal, receipts and markers refer to it. */
  id: string;
  /** Order of making on this device. */
  seq: number;
  /** Grows with each change of what is to be sent: tells the journal's copy from the database's. */
  revision: number;
  doctype: string;
  /** The document's name, temporary until its create is answered. */
  name: string;
  operation: Operation;
  /** `modified` the change was based on; null for a document made here. */
  modified: string | null;
  marker: CreateMarker | null;
  state: EntryState;
  /** An upload that its person holds back until they say otherwise. */
  paused?: true;
  attempts: number;
  /** How many of them the server answered with an error of its own, since a person last decided. */
  serverErrors?: number;
  /** An attempt was never answered: what it sent may be on the server, or get there later. */
  unanswered?: true;
  /**
   * Of a create that was looked for in vain: what its unanswered attempt sent. If that is found after all (it was out of
   * sight), it holds nothing that was typed since.
   */
  firstSent?: DocumentValues;
  /** Ids of later edits that became part of it. An older database that has one of them yet knows less of it. */
  absorbed?: string[];
  createdAt: number;
  /** What went wrong last, for the person; null when nothing did. */
  lastError: { code: ErrorCode; message: string } | null;
};

/** What became of a sent change. */
export type Receipt = {
  id: string;
  doctype: string;
  name: string;
  /** The alias under which the person knew it before, e.g. "New Sales Order 3 (this device)". */
  alias: string | null;
  /** The file that was uploaded or removed, as its person calls it. */
  fileName?: string;
  kind: OperationKind;
  createdAt: number;
  sentAt: number;
  /** Values that the server made different from what was typed. */
  rewritten: { path: CellPath; typed: FieldValue | undefined; became: FieldValue | undefined }[];
  messages: ServerMessage[];
};

/** A file on its way to a document. Its bytes are kept by the main process under `file`. */
export type Attachment = {
  id: string;
  doctype: string;
  name: string;
  /** SHA-256 of the bytes. */
  file: string;
  md5: string;
  size: number;
  type: string;
  /** The name the person gave; what is shown. */
  fileName: string;
  isPrivate: boolean;
  /** An Attach field to be set once the file is there: of the document, or of the row that `row` names. */
  fieldname: string | null;
  /** The row of a child table that holds the field, by its table and its name; left out for a field of the document. */
  row?: RowPath;
  /** The server's File document and its address, once it is there. */
  remote: { name: string; url: string; fileName: string } | null;
};
