import { failure, html, json, requestLineTooLong } from './answers';
import { record, string } from './arguments';
import { readBody, type Carried } from './body';
import { insert, load, remove, update } from './documents';
import { metaOf, type Context } from './engine';
import { FrappeError, noDoctypePermission, notWhitelisted, thrown } from './errors';
import { contentType } from './files';
import { listRequest, methods, runMethod, shaped } from './methods';
import { checkDocument } from './permissions';
import { present } from './present';
import { list, mayFile } from './query';

/** The site's limit on the body of a request. */
export const bodyLimit = 25 * 1024 * 1024;
const requestLineLimit = 4094;

const tooLarge = (): Response => html(413, 'Request Entity Too Large', 'The data value transmitted exceeds the capacity limit.');

function resource(context: Context, method: string, segments: string[], { args, hasJson }: Carried): Response {
  const [doctype = '', name] = segments;
  if (name === undefined) {
    if (method === 'GET') return json(200, { data: shaped(list(context, listRequest(doctype, args)), args) }, context.messages);
    if (method === 'POST') return json(200, { data: present(context, insert(context, doctype, body(args))) }, context.messages);
    return html(405, 'Method Not Allowed', 'The method is not allowed for the requested URL.');
  }
  if (method === 'GET') {
    const doc = load(context, doctype, name);
    checkDocument(context, doc, 'read');
    return json(200, { data: present(context, doc) }, context.messages);
  }
  if (method === 'PUT') return json(200, { data: present(context, update(context, doctype, name, body(args))) }, context.messages);
  if (method === 'DELETE') {
    remove(context, doctype, name);
    return json(202, { data: 'ok' }, context.messages);
  }
  // With a JSON body the query is lost, `run_method` with it.
  if (hasJson || args['run_method'] === undefined) throw new FrappeError(500, 'KeyError', { exception: "KeyError: 'run_method'" });
  const asked = string(args['run_method']);
  load(context, doctype, name);
  const doc = runMethod(context, doctype, name, asked);
  return doc === undefined
    ? html(404, 'Not Found', `Method ${asked} not found`)
    : json(200, { data: present(context, doc) }, context.messages);
}

/** The values of a body; older clients send them as the JSON text `data`. */
const body = (args: { [key: string]: unknown }): { [key: string]: unknown } =>
  typeof args['data'] === 'string' && args['data'].startsWith('{') ? record(args['data']) : args;

const forGuests = new Set(['ping', 'login', 'logout', 'upload_file']);

function call(context: Context, path: string, { args, file }: Carried): Response {
  if (path === 'ping') return json(200, { message: 'pong' });
  const method = methods[path];
  if (method === undefined) {
    const [app = ''] = path.split('.');
    // Functions that are there, but are for the server alone.
    if (path.startsWith('frappe.utils.')) throw notWhitelisted(path);
    const reason =
      app === 'frappe' || app === 'erpnext'
        ? `module '${path.split('.').slice(0, -1).join('.')}' has no attribute '${path.split('.').pop() ?? ''}'`
        : `App ${app} is not installed`;
    const refusal = thrown('ValidationError', `Failed to get method for command ${path} with ${reason}`);
    throw new FrappeError(417, 'ValidationError', {
      ...refusal.shape,
      messages: [{ message: reason, title: 'Message', indicator: 'red', raise_exception: 1 }, ...(refusal.shape.messages ?? [])],
    });
  }
  if (context.user === 'Guest' && !forGuests.has(path)) throw notWhitelisted(path);
  const answer = method(context, args, file);
  return json(200, 'body' in answer ? answer.body : { message: answer.message }, context.messages);
}

function download(context: Context, url: string): Response {
  const file = context.store.by('File', 'file_url', url).find((one) => mayFile(context, one));
  const bytes = context.disk.get(url);
  if (url.startsWith('/private/') && (file === undefined || context.user === 'Guest'))
    return html(403, 'Forbidden', "You don't have permission to access this file");
  if (bytes === undefined) return html(404, 'Not Found', 'The requested URL was not found on the server.');
  // A copy: a body that is read must not detach the bytes on disk.
  return new Response(bytes.slice(), {
    status: 200,
    headers: { 'content-type': contentType(url), 'content-length': String(bytes.length) },
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
  const url = new URL(request.url);
  const segments = url.pathname.split('/').slice(1).map(decodeURIComponent);
  try {
    if (segments[0] === 'files' || segments[0] === 'private') return download(context, decodeURIComponent(url.pathname));
    const carried = await readBody(request, url, bodyLimit);
    if (carried === 'too large') return tooLarge();
    if (segments[0] !== 'api') return html(404, 'Not Found', 'The requested URL was not found on the server.');
    return context.store.transaction(() => {
      if (segments[1] === 'resource' && segments[2] !== undefined) {
        if (context.user === 'Guest' && context.metadata.get(segments[2]) !== undefined)
          throw noDoctypePermission('Guest', metaOf(context, segments[2]).name, 'list');
        return resource(
          context,
          request.method,
          segments.slice(2).filter((segment) => segment !== ''),
          carried,
        );
      }
      if (segments[1] === 'method' && segments[2] !== undefined) return call(context, segments[2], carried);
      return html(404, 'Not Found', 'The requested URL was not found on the server.');
    });
  } catch (error) {
    if (error instanceof FrappeError) return failure(error, context.messages);
    // A defect of the demo itself: as a real site would, it answers 500, and says which.
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return failure(new FrappeError(500, 'DemoDefect', { exception: text }), context.messages);
  }
}
