import { z } from 'zod';
import { filterOperators } from '../erp/filters';
import type { DocVersion } from '../erp/doc-version';
import type { Doc } from '../erp/document';
import type { DocTypeBundle } from '../erp/doctype';
import type { ServerMessage } from '../errors';
import type { ItemDetails, ItemQuestion } from '../form/item-details';
import { accountId } from './accounts';
import { method } from './method';

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const condition = [z.string().max(140), z.enum(filterOperators), z.union([value, z.array(value)])] as const;
const filter = z.tuple(condition);
const doctypeName = z.string().min(1).max(140);
/** With a child DocType before it, a condition is on the rows. */
const anyFilter = z.union([filter, z.tuple([doctypeName, ...condition])]);
const documentName = z.string().min(1).max(255);
const fieldname = z.string().min(1).max(200);

/** `interactive`: a person waits; it passes bulk work, and one request slot is kept for it. */
const priority = z.enum(['interactive', 'bulk']);
const base = { account: accountId, priority: priority.optional() };

/** Something the server did, with the notes that came along and its `Date` header (the baseline of later look-ups). */
export type Saved = { doc: Doc; messages: ServerMessage[]; date: string | null };

/** A list answer as the server wrote it: the JSON text of `{data: […]}` or `{message: […]}`, parsed by whoever stores it. */
export type ListText = { text: string; date: string | null; bytes: number };

/**
 * Whole documents of one page: parents as `fields: ["*"]`, and the rows of each child DocType in one request.
 * `check` lists `name, modified` of the same parents after the children were read, so that the reader finds torn ones.
 */
export type PageText = {
  parents: ListText;
  children: { doctype: string; rows: ListText }[];
  check: ListText | null;
  requests: number;
};

export type DocInfo = {
  comments: { name: string; owner: string; creation: string; content: string }[];
  attachments: { name: string; file_name: string; file_url: string; is_private: 0 | 1; file_size?: number }[];
  /** The latest changes, newest first; absent from what was kept before they were read. */
  versions?: DocVersion[];
};

const methodName = z
  .string()
  .regex(/^[A-Za-z_][\w.]*$/)
  .max(300);

const list = {
  ...base,
  doctype: doctypeName,
  fields: z.array(fieldname).max(400),
  filters: z.array(anyFilter).max(50),
  orFilters: z.array(filter).max(50).optional(),
  orderBy: z.string().max(300).optional(),
  /** Where rows are joined: what each document comes once by. */
  groupBy: z.string().max(300).optional(),
  start: z.number().int().min(0).optional(),
  /** Rows; 0 means all. */
  limit: z.number().int().min(0).max(100_000),
  /** For child DocTypes: the parent DocType whose permission is checked. It does not filter. */
  parent: doctypeName.optional(),
};

/** A document's body is checked for size and shape on the main side, not for its fields: those are the site's own. */
const body = z.record(z.string(), z.unknown());

const number = z.number();

/** A row of a transaction with an item, as `get_item_details` is asked about it; nothing else of the document goes along. */
const itemQuestion = z.strictObject({
  doctype: doctypeName,
  company: documentName,
  item_code: documentName,
  uom: documentName.optional(),
  qty: number.optional(),
  conversion_factor: number.optional(),
  warehouse: documentName.optional(),
  customer: documentName.optional(),
  supplier: documentName.optional(),
  quotation_to: doctypeName.optional(),
  price_list: documentName.optional(),
  price_list_currency: documentName.optional(),
  plc_conversion_rate: number.optional(),
  currency: documentName.optional(),
  conversion_rate: number.optional(),
  transaction_date: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  ignore_pricing_rule: number.optional(),
}) satisfies z.ZodType<ItemQuestion>;

/** A whitelisted method by its dotted name, or a DocType's list or document: a person types it, and nothing else is reached. */
const target = z.union([
  z.strictObject({ method: methodName }),
  z.strictObject({ doctype: doctypeName }),
  z.strictObject({ doctype: doctypeName, name: documentName }),
]);
export type RunTarget = z.infer<typeof target>;

/** `text`: the answer's body as the server wrote it; `ms`: from asking to the last byte of it. */
export type Run = { text: string; bytes: number; ms: number; messages: ServerMessage[] };

export const erp = {
  list: method<ListText>()(z.object(list)),
  page: method<PageText>()(z.object({ ...list, childTables: z.array(doctypeName).max(60) })),
  /** What the user may see that matches (reportview.get_count, which heeds permissions). */
  count: method<number>()(z.object({ ...base, doctype: doctypeName, filters: z.array(filter).max(50) })),
  get: method<{ doc: Doc; date: string | null }>()(z.object({ ...base, doctype: doctypeName, name: documentName })),
  /** The document with its comments and attachments, as a desk form loads it. */
  open: method<{ doc: Doc; docinfo: DocInfo; date: string | null }>()(z.object({ ...base, doctype: doctypeName, name: documentName })),
  create: method<Saved>()(z.object({ ...base, doctype: doctypeName, body })),
  update: method<Saved>()(z.object({ ...base, doctype: doctypeName, name: documentName, body })),
  remove: method<{ date: string | null }>()(z.object({ ...base, doctype: doctypeName, name: documentName })),
  /** What a row's item brings, by ERPNext's own word. It writes nothing there, and is never repeated. */
  itemDetails: method<ItemDetails>()(z.object({ ...base, question: itemQuestion })),
  /** Any whitelisted method. `GET` is repeated when it failed, `POST` never. */
  call: method<{ message: unknown; messages: ServerMessage[]; date: string | null }>()(
    z.object({
      ...base,
      method: methodName,
      http: z.enum(['GET', 'POST']),
      args: z.record(z.string(), z.unknown()),
    }),
  ),
  /**
   * What a person asks of the API themselves, with the priority of one who waits. Never repeated; the answer is at most 5 MB.
   * A DocType is only read.
   */
  run: method<Run>()(
    z
      .object({ account: accountId, http: z.enum(['GET', 'POST']), target, args: z.record(z.string().max(200), z.unknown()) })
      .refine(({ http, target: to }) => http === 'GET' || 'method' in to, 'a DocType is only read'),
  ),
  /** Metadata with child DocTypes and the workflow, stripped to what Fieldbook reads. */
  doctype: method<DocTypeBundle>()(z.object({ ...base, doctype: doctypeName })),
  /** Is the server there, and is it Frappe? Never retried. */
  ping: method<{ date: string | null }>()(z.object(base)),
};
