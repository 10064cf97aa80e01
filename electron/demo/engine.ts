import type { Doc } from '@shared/erp/document';
import type { SiteClock } from './clock';
import { noSuchDoctype, type LogMessage } from './errors';
import type { Meta, Metadata } from './metadata';
import type { Person } from './people';
import type { Random } from './random';
import type { Store } from './store';

/** What the server does for a DocType beyond its metadata. All of it is optional; see `rules/`. */
export type Rules = {
  /** The name of a new document, where neither series nor field gives it. */
  autoname?: (context: Context, doc: Doc) => string | undefined;
  /** Fills and computes fields before they are checked; also refuses. Runs on drafts and on submit, not later. */
  validate?: (context: Context, doc: Doc, before: Doc | undefined) => void;
  /** Runs in the same transaction after the document is stored; writes to others without touching `modified`. */
  afterSave?: (context: Context, doc: Doc, event: 'insert' | 'update') => void;
  onSubmit?: (context: Context, doc: Doc) => void;
  onCancel?: (context: Context, doc: Doc) => void;
  onDelete?: (context: Context, doc: Doc) => void;
};

/** The parts of a site that stay for its life. */
export type Engine = {
  metadata: Metadata;
  store: Store;
  clock: SiteClock;
  random: Random;
  people: Map<string, Person>;
  rules: { [doctype: string]: Rules | undefined };
  /** Bytes on the site's disk by `file_url`. */
  disk: Map<string, Uint8Array>;
};

/** One request's view: who asks, and the notes collected for them. */
export type Context = Engine & { user: string; roles: ReadonlySet<string>; messages: LogMessage[] };

export function metaOf(engine: Engine, doctype: string): Meta {
  const meta = engine.metadata.get(doctype);
  if (meta === undefined) throw noSuchDoctype(doctype);
  return meta;
}

/** Values written behind a document's back: `modified` stays, as when a follow-on document updates quantities. */
export function setSilently(engine: Engine, doc: Doc, values: { [fieldname: string]: Doc[string] }): Doc {
  // Spreading a document over itself keeps its required keys.
  const next = { ...doc, ...values } as Doc;
  engine.store.put(next);
  return next;
}
