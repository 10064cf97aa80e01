import type { DocInfo, ListText, PageText, Run, Saved } from '@shared/bridge/erp';
import { notFrappe } from '@shared/erp/classify';
import { inOwnTypes, isName, type Doc } from '@shared/erp/document';
import type { DocTypeBundle } from '@shared/erp/doctype';
import { isRecord, payloadOf } from '@shared/erp/envelope';
import type { Filter } from '@shared/erp/filters';
import { holdsTemporaryName } from '@shared/erp/temporary-name';
import { AppError, type ServerMessage } from '@shared/errors';
import type { ItemDetails, ItemQuestion } from '@shared/form/item-details';
import { Connection, notesOf, type Asking, type ConnectionOptions } from './connection';
import { docInfo } from './docinfo';
import { download } from './download';
import { itemDetails } from './item-details';
import { listRows, type ListQuery } from './list';
import { docTypeBundle } from './metadata';
import { readPage } from './page';
import { downloadPdf, type PdfQuestion } from './pdf';
import { publicPage } from './public-page';
import { runRequest, runTooLarge, type RunQuestion } from './run';
import { longestPath, methodPath, query, resourceLabel, resourcePath } from './paths';
import { queryValues } from './query-values';
import type { Answer, ErpRequest } from './request';
import type { Receive } from './stream-answer';
import { upload, type Upload, type Uploaded } from './upload';

const largestBody = 10 * 1024 * 1024;

export type CallResult = { message: unknown; messages: ServerMessage[]; date: string | null };

/** Frappe's REST API for one account. Every method rejects with an `AppError` and nothing else. */
export class ErpClient {
  readonly #connection: Connection;

  constructor(options: ConnectionOptions) {
    this.#connection = new Connection(options);
  }

  async list(list: ListQuery, asking: Asking): Promise<ListText> {
    return (await listRows(this.#connection, list, asking)).list;
  }

  page(page: ListQuery & { childTables: string[] }, asking: Asking): Promise<PageText> {
    return readPage(this.#connection, page, asking);
  }

  /** How many documents the user may see; `frappe.client.get_count` would ignore permissions (recording count-and-permission). */
  async count(doctype: string, filters: Filter[], asking: Asking): Promise<number> {
    const args = { doctype, fields: [], filters: filters.map((filter) => [doctype, ...filter]), distinct: 'false' };
    const answer = await this.#method('GET', 'frappe.desk.reportview.get_count', args, asking);
    const count = payloadOf(answer.envelope);
    if (typeof count === 'number') return count;
    throw unexpected(answer, 'GET /api/method/frappe.desk.reportview.get_count');
  }

  async get(doctype: string, name: string, asking: Asking): Promise<{ doc: Doc; date: string | null }> {
    const ask: ErpRequest = {
      method: 'GET',
      path: resourcePath(doctype, name),
      label: resourceLabel('GET', doctype, name),
      timeoutMs: this.#connection.timeouts.read,
    };
    const answer = await this.#connection.ask(ask, asking, true);
    return { doc: docOf(payloadOf(answer.envelope), doctype, answer, ask.label), date: answer.date };
  }

  /** A document with its comments and attachments. A missing one is answered with 200 and an empty message (recording docinfo). */
  async open(doctype: string, name: string, asking: Asking): Promise<{ doc: Doc; docinfo: DocInfo; date: string | null }> {
    const method = 'frappe.desk.form.load.getdoc';
    const answer = await this.#method('GET', method, { doctype, name }, asking);
    const docs = answer.envelope['docs'];
    const label = `GET /api/method/${method}`;
    if (!Array.isArray(docs) || docs.length === 0) {
      throw new AppError('not-found', 'The server does not have this document any more, or under another name.', {
        status: 200,
        request: label,
      });
    }
    return { doc: docOf(docs[0], doctype, answer, label), docinfo: docInfo(answer.envelope['docinfo']), date: answer.date };
  }

  create(doctype: string, body: Record<string, unknown>, asking: Asking): Promise<Saved> {
    return this.#save({ method: 'POST', path: resourcePath(doctype), label: resourceLabel('POST', doctype) }, doctype, body, asking);
  }

  /** `body` is a partial document; a child table in it replaces the whole table. `modified` belongs in it. */
  update(doctype: string, name: string, body: Record<string, unknown>, asking: Asking): Promise<Saved> {
    const label = resourceLabel('PUT', doctype, name);
    return this.#save({ method: 'PUT', path: resourcePath(doctype, name), label }, doctype, body, asking);
  }

  async remove(doctype: string, name: string, asking: Asking): Promise<{ date: string | null }> {
    const ask: ErpRequest = {
      method: 'DELETE',
      path: resourcePath(doctype, name),
      label: resourceLabel('DELETE', doctype, name),
      timeoutMs: this.#connection.timeouts.write,
    };
    const answer = await this.#connection.ask(ask, asking, false);
    if (payloadOf(answer.envelope) === 'ok') return { date: answer.date };
    throw unexpected(answer, ask.label);
  }

  /** Any whitelisted method; GET is repeated when it failed, POST never. */
  async call(http: 'GET' | 'POST', method: string, args: Record<string, unknown>, asking: Asking): Promise<CallResult> {
    const answer = await this.#method(http, method, args, asking);
    return { message: payloadOf(answer.envelope) ?? null, messages: notesOf(answer), date: answer.date };
  }

  /** What a person asks of the API themselves: once, and answered as it came. */
  async run(question: RunQuestion, asking: Asking): Promise<Run> {
    const ask = runRequest(question, this.#connection.timeouts.write, bodyText);
    const began = performance.now();
    try {
      const answer = await this.#connection.ask(ask, asking, false);
      return { text: answer.text, bytes: answer.bytes, ms: Math.round(performance.now() - began), messages: notesOf(answer) };
    } catch (thrown) {
      throw runTooLarge(AppError.from(thrown));
    }
  }

  /** What ERPNext brings to a row with an item. Its arguments stand inside of `args` (recording method). */
  async itemDetails(question: ItemQuestion, asking: Asking): Promise<ItemDetails> {
    const method = 'erpnext.stock.get_item_details.get_item_details';
    const answer = await this.#method('POST', method, { args: question }, asking);
    const details = itemDetails(payloadOf(answer.envelope));
    if (details !== null) return details;
    throw unexpected(answer, `POST /api/method/${method}`);
  }

  async doctype(doctype: string, asking: Asking): Promise<DocTypeBundle> {
    const method = 'frappe.desk.form.load.getdoctype';
    const answer = await this.#method('GET', method, { doctype, with_parent: 1 }, asking);
    const bundle = docTypeBundle(answer.envelope['docs'], doctype);
    if (bundle !== null) return bundle;
    throw new AppError('not-found', `The site has no DocType “${doctype}”.`, { status: 200, request: `GET /api/method/${method}` });
  }

  /** Is the server there, and is it Frappe? Never repeated. */
  async ping(asking: Asking): Promise<{ date: string | null }> {
    const ask: ErpRequest = {
      method: 'GET',
      path: methodPath('ping'),
      label: 'GET /api/method/ping',
      timeoutMs: this.#connection.timeouts.ping,
    };
    const answer = await this.#connection.ask(ask, asking, false);
    if (payloadOf(answer.envelope) === 'pong') return { date: answer.date };
    throw unexpected(answer, ask.label);
  }

  /** Sends a file; never repeated by itself. */
  upload(file: Upload, asking: Asking): Promise<Uploaded> {
    return upload(this.#connection, file, asking);
  }

  /** Streams a file of the site, e.g. `/private/files/a.pdf`, into `receive`. */
  download<T>(path: string, receive: Receive<T>, asking: Asking): Promise<T> {
    return download(this.#connection, path, receive, asking);
  }

  /** Streams the PDF of a document, as the server prints it, into `receive`. */
  pdf<T>(print: PdfQuestion, receive: Receive<T>, asking: Asking): Promise<T> {
    return downloadPdf(this.#connection, print, receive, asking);
  }

  /** The sign-in page as a guest sees it: HTML. */
  signInPage(asking: Asking): Promise<string> {
    return publicPage(this.#connection, '/login', asking);
  }

  async #save(
    ask: Pick<ErpRequest, 'method' | 'path' | 'label'>,
    doctype: string,
    body: Record<string, unknown>,
    asking: Asking,
  ): Promise<Saved> {
    const answer = await this.#connection.ask(
      { ...ask, body: bodyText(body, ask.label), timeoutMs: this.#connection.timeouts.write },
      asking,
      false,
    );
    return { doc: docOf(payloadOf(answer.envelope), doctype, answer, ask.label), messages: notesOf(answer), date: answer.date };
  }

  async #method(http: 'GET' | 'POST', method: string, args: Record<string, unknown>, asking: Asking): Promise<Answer> {
    const label = `${http} /api/method/${method}`;
    if (http === 'POST') {
      const ask: ErpRequest = {
        method: 'POST',
        path: methodPath(method),
        body: bodyText(args, label),
        label,
        timeoutMs: this.#connection.timeouts.write,
      };
      return this.#connection.ask(ask, asking, false);
    }
    const path = methodPath(method) + query(queryValues(args));
    // Frappe takes the arguments of a reading method in a body too; a long query would be refused (recording list-by-post).
    const ask: ErpRequest =
      path.length <= longestPath
        ? { method: 'GET', path, label, timeoutMs: this.#connection.timeouts.read }
        : { method: 'POST', path: methodPath(method), body: bodyText(args, label), label, timeoutMs: this.#connection.timeouts.read };
    return this.#connection.ask(ask, asking, true);
  }
}

/** JSON of a body; the last guard that no temporary name and nothing of absurd size leaves. */
function bodyText(body: Record<string, unknown>, label: string): string {
  const text = JSON.stringify(body);
  if (holdsTemporaryName(text)) {
    throw new AppError('internal', 'This refers to a document that the server does not have yet, so it was not sent.', { request: label });
  }
  if (Buffer.byteLength(text) > largestBody)
    throw new AppError('too-large', 'This document is too large to be sent (over 10 MB).', { request: label });
  return text;
}

function docOf(value: unknown, doctype: string, answer: Answer, label: string): Doc {
  if (!isRecord(value) || !isName(value['name'])) throw unexpected(answer, label);
  const doc: Record<string, unknown> = { doctype, ...inOwnTypes(value) };
  for (const [fieldname, rows] of Object.entries(doc))
    if (Array.isArray(rows)) doc[fieldname] = rows.map((row: unknown) => (isRecord(row) ? inOwnTypes(row) : row));
  // A JSON object with a name is what a document is; its fields are the site's own and checked where they are read.
  return doc as Doc;
}

const unexpected = (answer: Answer, label: string): AppError =>
  notFrappe({ status: 200, contentType: null, body: answer.text, date: answer.date, request: label });
