import { getMimeType } from 'hono/utils/mime';
import { failure, html, json, requestLineTooLong } from './answers';
import { record, string, type Arguments } from './arguments';
import { bodyLimit, readBody, type Carried } from './body';
import { insert, load, open, remove, transition, update } from './documents';
import type { Context } from './engine';
import { FrappeError, noDoctypePermission, notWhitelisted, red } from './errors';
import { bodies, listRequest, messages, shaped } from './methods';
import { mayFile } from './permissions';
import { present } from './present';
import { list } from './query';

const requestLineLimit = 4094;
const notThere = (): Response => html(404, 'Not Found', 'The requested URL was not found on the server.');
const tooLarge = (): Response => html(413, 'Request Entity Too Large', 'The data value transmitted exceeds the capacity limit.');

/** The values of a body; older clients send them as the JSON text `data`. */
const values = (args: Arguments): Arguments =>
  typeof args['data'] === 'string' && args['data'].startsWith('{') ? record(args['data']) : args;

const transitions = new Map(Object.entries({ submit: 1, cancel: 2 }));

function resource(context: Context, method: string, [doctype = '', name]: string[], { args, hasJson }: Carried): Response {
  if (context.user === 'Guest' && context.metadata.get(doctype) !== undefined) throw noDoctypePermission('Guest', doctype, 'list');
  const data = (value: unknown): Response => json(200, { data: value }, context.messages);
  if (name === undefined) {
    if (method === 'GET') return data(shaped(list(context, listRequest(doctype, args)), args));
    if (method === 'POST') return data(present(context, insert(context, doctype, values(args))));
    return html(405, 'Method Not Allowed', 'The method is not allowed for the requested URL.');
  }
  if (method === 'PUT') return data(present(context, update(context, doctype, name, values(args))));
  if (method === 'DELETE') {
    remove(context, doctype, name);
    return json(202, { data: 'ok' }, context.messages);
  }
  if (method === 'GET') return data(present(context, open(context, doctype, name, 'read')));
  // With a JSON body the query is lost, `run_method` with it.
  if (hasJson || args['run_method'] === undefined) throw new FrappeError('KeyError', "'run_method'");
  // Submit and cancel by name ignore `modified`: whatever is stored is what is submitted (stale-submit-and-delete).
  const status = transitions.get(string(args['run_method']));
  load(context, doctype, name);
  if (status === undefined) return html(404, 'Not Found', `Method ${string(args['run_method'])} not found`);
  return data(present(context, transition(context, doctype, name, status)));
}

const forGuests = new Set(['ping', 'upload_file']);

function call(context: Context, path: string, { args, file }: Carried): Response {
  const [message, body] = [messages[path], bodies[path]];
  if (message === undefined && body === undefined) {
    // Functions that are there, but are for the server alone.
    if (path.startsWith('frappe.utils.')) throw notWhitelisted(path);
    const [app = '', attribute = ''] = [path.split('.')[0], path.split('.').pop()];
    const known = app === 'frappe' || app === 'erpnext';
    const reason = known
      ? `module '${path.slice(0, -attribute.length - 1)}' has no attribute '${attribute}'`
      : `App ${app} is not installed`;
    const refused = `Failed to get method for command ${path} with ${reason}`;
    throw new FrappeError('ValidationError', refused, { notes: [red(reason), red(refused)] });
  }
  if (context.user === 'Guest' && !forGuests.has(path)) throw notWhitelisted(path);
  return json(200, body?.(context, args) ?? { message: message?.(context, args, file) }, context.messages);
}

function download(context: Context, url: string): Response {
  const file = context.store.by('File', 'file_url', url).find((one) => mayFile(context, one));
  const bytes = context.disk.get(url);
  if (url.startsWith('/private/') && (file === undefined || context.user === 'Guest'))
    return html(403, 'Forbidden', "You don't have permission to access this file");
  if (bytes === undefined) return notThere();
  // A copy: a body that is read must not detach the bytes on disk.
  return new Response(bytes.slice(), {
    headers: { 'content-type': getMimeType(url) ?? 'application/octet-stream', 'content-length': String(bytes.length) },
  });
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
  const [root, api, ...rest] = segments.filter((segment) => segment !== '');
  try {
    if (root === 'files' || root === 'private') return download(context, `/${segments.join('/')}`);
    const carried = await readBody(request);
    if (carried === 'too large') return tooLarge();
    return context.store.transaction(() => {
      if (root !== 'api' || rest[0] === undefined) return notThere();
      if (api === 'resource') return resource(context, request.method, rest, carried);
      return api === 'method' ? call(context, rest[0], carried) : notThere();
    });
  } catch (error) {
    if (error instanceof FrappeError) return failure(error, context.messages);
    // A defect of the demo itself: as a real site would, it answers 500, and says which.
    return failure(new FrappeError('DemoDefect', error instanceof Error ? error.stack : String(error)), context.messages);
  }
}
