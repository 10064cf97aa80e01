import busboy from 'busboy';
import { parseJson, record, type Arguments, type UploadedFile } from './arguments';

/** What a request carries besides its path. */
export type Carried = { args: Arguments; file: UploadedFile | undefined; hasJson: boolean };

function multipart(contentType: string, bytes: Uint8Array): Promise<{ fields: Arguments; file: UploadedFile | undefined }> {
  return new Promise((resolve, reject) => {
    const fields: Arguments = {};
    let file: UploadedFile | undefined;
    // Names are kept with their path: what becomes of slashes is the server's decision.
    const parser = busboy({ headers: { 'content-type': contentType }, preservePath: true, defParamCharset: 'utf8' });
    parser.on('field', (name, value) => (fields[name] = value));
    parser.on('file', (fieldname, stream, { filename }) => {
      const chunks: Uint8Array[] = [];
      stream.on('data', (chunk: Uint8Array) => chunks.push(chunk));
      stream.on('end', () => (file = { fieldname, filename: filename ?? '', bytes: new Uint8Array(Buffer.concat(chunks)) }));
    });
    parser.on('close', () => resolve({ fields, file }));
    parser.on('error', reject);
    parser.end(bytes);
  });
}

/** A JSON body hides the query: then only the body counts (stale-submit-and-delete, `run_method`). */
export async function readBody(request: Request, url: URL, limit: number): Promise<Carried | 'too large'> {
  const query: Arguments = Object.fromEntries(url.searchParams);
  if (request.method === 'GET' || request.method === 'HEAD') return { args: query, file: undefined, hasJson: false };
  const bytes = new Uint8Array(await request.arrayBuffer());
  if (bytes.length > limit) return 'too large';
  const contentType = request.headers.get('content-type') ?? '';
  if (contentType.startsWith('multipart/form-data')) {
    const { fields, file } = await multipart(contentType, bytes);
    return { args: { ...query, ...fields }, file, hasJson: false };
  }
  const source = new TextDecoder().decode(bytes);
  if (contentType.startsWith('application/x-www-form-urlencoded')) {
    const form: Arguments = Object.fromEntries(new URLSearchParams(source));
    return { args: { ...query, ...form, ...(form['data'] === undefined ? {} : record(form['data'])) }, file: undefined, hasJson: false };
  }
  if (source.trim() === '') return { args: query, file: undefined, hasJson: false };
  return { args: record(parseJson(source)), file: undefined, hasJson: true };
}
