import { getMimeType } from 'hono/utils/mime';
import { failure, html, json, requestLineTooLong } from './answers';
import { signInPage } from './sign-in-page';
import { argumentsOf, bodyLimit, readBody, record, string, type Body, type Carried } from '../engine/carried';
import { insert, load, open, remove, transition, update } from '../engine/documents';
import type { Context } from '../engine/engine';
import { FrappeError, noDoctypePermission, noMethod, notWhitelisted } from '../engine/errors';
import { answersBody, getList, methods } from './methods';
import { mayFile } from '../engine/permissions';
import { present } from './present';
import { downloadPdf, printMethod } from './print';

const requestLineLimit = 4094;
const notThere = (): Response => html(404, 'Not Found', 'The requested URL was not found on the server.');
const tooLarge = (): Response => html(413, 'Request Entity Too Large', 'The data value transmitted exceeds the capacity limit.');

type Handler = (context: Context, doctype: string, values: Body, name: string) => unknown;
const onDoctype: { [method: string]: Handler | undefined } = {
  GET: (context, doctype, values) => getList(context, { ...argumentsOf(values), doctype }),
  POST: (context, doctype, values) => present(context, insert(context, doctype, values)),
};
const onDocument: { [method: string]: Handler | undefined } = {
  GET: (context, doctype, _, name) => present(context, open(context, doctype, name, 'read')),
  PUT: (context, doctype, values, name) => present(context, update(context, doctype, name, values)),
  DELETE: (context, doctype, _, name) => remove(context, doctype, name),
};
const transitions = new Map(Object.entries({ submit: 1, cancel: 2 }));

/** Submit and cancel by name ignore `modified`: whatever is stored is what is submitted (stale-submit-and-delete). */
function runMethod(context: Context, doctype: string, name: string, { values, hasJson }: Carried): Response {
  // With a JSON body the query is lost, `run_method` with it.
  if (hasJson || values['run_method'] === undefined) throw new FrappeError('KeyError', "'run_method'");
  const method = string(values['run_method']);
  const status = transitions.get(method);
  load(context, doctype, name);
  if (status === undefined) return html(404, 'Not Found', `Method ${method} not found`);
  return json(200, { data: present(context, transition(context, doctype, name, status)) }, context.messages);
}

function resource(context: Context, method: string, [doctype = '', name]: string[], carried: Carried): Response {
  if (context.user === 'Guest' && context.metadata.get(doctype) !== undefined) throw noDoctypePermission('Guest', doctype, 'list');
  const handler = (name === undefined ? onDoctype : onDocument)[method];
  if (handler !== undefined) {
    const data = handler(context, doctype, carried.values, name ?? '');
    return json(method === 'DELETE' ? 202 : 200, { data }, context.messages);
  }
  if (name !== undefined && method === 'POST') return runMethod(context, doctype, name, carried);
  return html(405, 'Method Not Allowed', 'The method is not allowed for the requested URL.');
}

const forGuests = new Set(['ping', 'upload_file']);

function call(context: Context, path: string, { values, file }: Carried): Response {
  if (path === printMethod && context.user !== 'Guest') return downloadPdf(context, argumentsOf(values));
  const method = methods[path];
  if (method === undefined) throw noMethod(path);
  if (context.user === 'Guest' && !forGuests.has(path)) throw notWhitelisted(path);
  const result = method(context, argumentsOf(values), file);
  return json(200, answersBody.has(path) ? record(result) : { message: result }, context.messages);
}

function download(context: Context, url: string): Response {
  const file = context.store.by('File', 'file_url', url).find((one) => mayFile(context, one));
  const bytes = context.disk.get(url);
  if (url.startsWith('/private/') && (file === undefined || context.user === 'Guest'))
    return html(403, 'Forbidden', "You don't have permission to access this file");
  if (bytes === undefined) return notThere();
  const headers = { 'content-type': getMimeType(url) ?? 'application/octet-stream', 'content-length': String(bytes.length) };
  // A copy: a body that is read must not detach the bytes on disk.
  return new Response(bytes.slice(), { headers });
}

/** What the web server in front refuses before Frappe sees the request; `undefined` where it lets it through. */
export function refuseEarly(request: Request): Response | undefined {
  const url = new URL(request.url);
  const line = `${request.method} ${url.pathname}${url.search} HTTP/1.1`.length;
  if (line > requestLineLimit) return requestLineTooLong(line);
  return Number(request.headers.get('content-length') ?? 0) > bodyLimit ? tooLarge() : undefined;
}

/** Answers one request for one user, in one transaction. */
export async function answer(context: Context, request: Request): Promise<Response> {
  const segments = new URL(request.url).pathname.split('/').slice(1).map(decodeURIComponent);
  const [root, api, ...rest] = segments.filter(Boolean);
  try {
    if (root === 'files' || root === 'private') return download(context, `/${segments.join('/')}`);
    if (root === 'login' && api === undefined) return signInPage(context);
    const carried = await readBody(request);
    if (carried === 'too large') return tooLarge();
    return context.store.transaction(() => {
      if (root !== 'api' || rest[0] === undefined) return notThere();
      if (api === 'resource') return resource(context, request.method, rest, carried);
      return api === 'method' ? call(context, rest[0], carried) : notThere();
    });
  } catch (error) {
    // What is no refusal is a defect of the demo itself: as a real site would, it answers 500, and says which.
    const refused =
      error instanceof FrappeError ? error : new FrappeError('DemoDefect', error instanceof Error ? error.stack : String(error));
    return failure(refused, context.messages);
  }
}
