import busboy from 'busboy';
import { parseJson, record, type Arguments, type UploadedFile } from './arguments';

/** The site's limit on the body of a request. */
export const bodyLimit = 25 * 1024 * 1024;

/** What a request carries besides its path. */
export type Carried = { args: Arguments; file?: UploadedFile; hasJson?: boolean };

function multipart(contentType: string, bytes: Uint8Array, query: Arguments): Promise<Carried> {
  return new Promise((resolve, reject) => {
    const carried: Carried = { args: { ...query } };
    // Names are kept with their path: what becomes of slashes is the server's decision.
    const parser = busboy({ headers: { 'content-type': contentType }, preservePath: true, defParamCharset: 'utf8' });
    parser.on('field', (name, value) => (carried.args[name] = value));
    parser.on('file', (_, stream, { filename }) => {
      const chunks: Uint8Array[] = [];
      stream.on('data', (chunk: Uint8Array) => chunks.push(chunk));
      stream.on('end', () => (carried.file = { filename: filename ?? '', bytes: new Uint8Array(Buffer.concat(chunks)) }));
    });
    parser.on('close', () => resolve(carried));
    parser.on('error', reject);
    parser.end(bytes);
  });
}

/** A JSON body hides the query: then only the body counts (stale-submit-and-delete, `run_method`). */
export async function readBody(request: Request): Promise<Carried | 'too large'> {
  const query: Arguments = Object.fromEntries(new URL(request.url).searchParams);
  if (request.method === 'GET' || request.method === 'HEAD') return { args: query };
  const bytes = new Uint8Array(await request.arrayBuffer());
  if (bytes.length > bodyLimit) return 'too large';
  const contentType = request.headers.get('content-type') ?? '';
  if (contentType.startsWith('multipart/form-data')) return multipart(contentType, bytes, query);
  const source = new TextDecoder().decode(bytes);
  const isForm = contentType.startsWith('application/x-www-form-urlencoded') && !source.startsWith('{');
  if (!isForm && source.trim() !== '') return { args: record(parseJson(source)), hasJson: true };
  const form: Arguments = Object.fromEntries(new URLSearchParams(source));
  return { args: { ...query, ...form, ...record(form['data']) } };
}
