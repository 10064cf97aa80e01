import { isRecord } from '@shared/erp/envelope';
import busboy from 'busboy';
import { FrappeError } from './errors';
import { toNumber } from './values';

/** Values by name as a client sends them: a document's, or a call's. */
export type Body = { [name: string]: unknown };
/** What a method is called with: lists and objects are JSON text, as in a query, also where they came in a JSON body. */
export type Arguments = { [name: string]: string | undefined };
export type UploadedFile = { filename: string; bytes: Uint8Array };
/** What a request carries besides its path; `hasJson` where its body hid the query. */
export type Carried = { values: Body; file?: UploadedFile; hasJson?: boolean };

/** The site's limit on the body of a request. */
export const bodyLimit = 25 * 1024 * 1024;

/** The value of JSON text; anything else is refused as Python refuses it. */
function parseJson(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    const isName = /^\s*\{[^"\s}]/.test(source);
    const expected = isName ? 'property name enclosed in double quotes: line 1 column 2 (char 1)' : 'value: line 1 column 1 (char 0)';
    throw new FrappeError('json.decoder.JSONDecodeError', `Expecting ${expected}`);
  }
}

/** A list or an object, or the JSON text of one. */
export const structured = (value: unknown): unknown => (typeof value === 'string' && value !== '' ? parseJson(value) : value);

export function record(value: unknown): Body {
  const parsed = structured(value);
  return isRecord(parsed) ? parsed : {};
}

export const string = (value: unknown): string =>
  value === undefined || value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);

export const argumentsOf = (values: Body): Arguments =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, string(value) || undefined]));

/** `fields` of a list: JSON text of a list, or names between commas. */
export function fieldList(value = ''): string[] {
  const given = /^\s*[["]/.test(value) ? structured(value) : value.split(',').map((field) => field.trim());
  return (Array.isArray(given) ? given : [given]).map(string).filter(Boolean);
}

/** Python's `cint`: what is no number is 0, and 0 as a page length means all. */
export const integer = (value: string | undefined, otherwise: number): number =>
  value === undefined ? otherwise : Math.trunc(toNumber(value));

function multipart(contentType: string, bytes: Uint8Array, values: Body): Promise<Carried> {
  return new Promise((resolve, reject) => {
    const carried: Carried = { values };
    // Names are kept with their path: what becomes of slashes is the server's decision.
    const parser = busboy({ headers: { 'content-type': contentType }, preservePath: true, defParamCharset: 'utf8' });
    parser.on('field', (name, value) => (values[name] = value));
    parser.on('file', (_, stream, { filename }) => {
      const chunks: Uint8Array[] = [];
      stream.on('data', (chunk: Uint8Array) => chunks.push(chunk));
      stream.on('end', () => (carried.file = { filename: filename ?? '', bytes: new Uint8Array(Buffer.concat(chunks)) }));
    });
    parser.on('close', () => resolve(carried)).on('error', reject);
    parser.end(bytes);
  });
}

/** A JSON body hides the query: then only the body counts (stale-submit-and-delete, `run_method`). */
export async function readBody(request: Request): Promise<Carried | 'too large'> {
  const query: Body = Object.fromEntries(new URL(request.url).searchParams);
  const bytes = new Uint8Array(await request.arrayBuffer());
  if (bytes.length > bodyLimit) return 'too large';
  const contentType = request.headers.get('content-type') ?? '';
  if (contentType.startsWith('multipart/form-data')) return multipart(contentType, bytes, query);
  const source = new TextDecoder().decode(bytes);
  const isForm = contentType.startsWith('application/x-www-form-urlencoded') && !source.startsWith('{');
  const hasJson = !isForm && source.trim() !== '';
  const values = hasJson ? record(source) : { ...query, ...Object.fromEntries(new URLSearchParams(source)) };
  // Older clients send a document as the JSON text `data`.
  const isText = typeof values['data'] === 'string' && values['data'].startsWith('{');
  return { hasJson, values: { ...values, ...(isText ? record(values['data']) : {}) } };
}
