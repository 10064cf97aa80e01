import type { DocField } from '@shared/erp/docfield';
import { rowsOf, type ChildRow, type Doc, type DocumentValues } from '@shared/erp/document';
import type { ChangeFeed } from './change-feed';
import type { SiteClock } from './clock';
import { FrappeError, type LogMessage } from './errors';
import type { Meta, Metadata } from './metadata';
import type { Person } from '../company/people';
import type { Random } from './random';
import type { Store } from './store';
import { text, type Entity } from './values';

/** What the server does for a DocType beyond its metadata. All of it is optional; see `rules/`. */
export type Rules = {
  /**
   * What an empty field takes over, by fieldname: `=x` a constant, `company.abbr` a field of what a Link of the row or its
   * document leads to, `item_code` another field; where one source is empty, the next after the comma. Also of child DocTypes.
   */
  fills?: { [fieldname: string]: string };
  /** The name of a new document, where neither series nor field gives it. */
  autoname?: (context: Context, doc: Doc) => string | undefined;
  /** Fills and computes fields before they are checked; also refuses. Runs on drafts and on submit, not later. */
  validate?: (context: Context, doc: Doc, before: Doc | undefined) => void;
  /** Runs in the same transaction after the document is stored; writes to others without touching `modified`. */
  afterSave?: (context: Context, doc: Doc) => void;
  /** The document takes effect (`sign` 1, on submit) or loses it (-1, on cancel). */
  effect?: (context: Context, doc: Doc, sign: 1 | -1) => void;
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
  /** What was given to Password fields, by `passwordKey`; the documents themselves hold asterisks. */
  passwords: Map<string, string>;
  changes: ChangeFeed;
  /** Where the site says that its realtime service listens (`socketio_port`). */
  socketPort: number;
};

export const passwordKey = (doctype: string, name: string, fieldname: string): string => JSON.stringify([doctype, name, fieldname]);

/** One request's view: who asks, and the notes collected for them. */
export type Context = Engine & { user: string; roles: ReadonlySet<string>; messages: LogMessage[] };

/** The DocType's structure. Where there is none, Python fails to import its module. */
export function metaOf(engine: Engine, doctype: string): Meta {
  const meta = engine.metadata.get(doctype);
  if (meta !== undefined) return meta;
  throw new FrappeError('ImportError', `No module named 'frappe.core.doctype.${doctype.toLowerCase().replaceAll(' ', '_')}'`);
}

/** The DocType that a Link or Dynamic Link of this entity leads to; '' for other fields. */
export const targetOf = ({ fieldtype, options = '' }: DocField, entity: Entity): string =>
  fieldtype === 'Link' ? options : fieldtype === 'Dynamic Link' ? text(entity, options) : '';

/** A document or a row of one, with its structure; `table` is the field that holds a row. */
export type Part = { meta: Meta; entity: Entity; table: string | undefined };

/** The document, then each of its rows. */
export function partsOf(engine: Engine, meta: Meta, doc: Doc): Part[] {
  const parts: Part[] = [{ meta, entity: doc, table: undefined }];
  for (const { fieldname, options = '' } of meta.tables) {
    const child = engine.metadata.get(options);
    if (child !== undefined) for (const entity of rowsOf(doc, fieldname)) parts.push({ meta: child, entity, table: fieldname });
  }
  return parts;
}

/** A copy whose rows can be changed. */
export function copied(meta: Meta, doc: Doc): Doc {
  const copy: Doc = { ...doc };
  for (const { fieldname } of meta.tables) copy[fieldname] = rowsOf(doc, fieldname).map((row) => ({ ...row }));
  return copy;
}

/** Values written behind a document's back: `modified` stays, as when a follow-on document updates quantities. */
export function setSilently(engine: Engine, doc: Doc, values: DocumentValues): void {
  engine.store.put({ ...doc, ...values });
}

/** A document that the server itself writes, unchecked: comments, versions, logs. */
export function addInternal(context: Context, doctype: string, values: DocumentValues): Doc {
  const at = context.clock.stamp();
  const made = { owner: context.user, creation: at, modified: at, modified_by: context.user, docstatus: 0, idx: 0 };
  const doc: Doc = { doctype, name: context.random.hash(), ...made, ...values };
  context.store.put(doc);
  return doc;
}

/** A row that a rule adds during a save: with a time of its own, later than the parent's. */
export function madeRow(context: Context, values: { [fieldname: string]: ChildRow[string] }): ChildRow {
  const at = context.clock.stamp();
  return { name: context.random.hash(), owner: context.user, creation: at, modified: at, ...values };
}
