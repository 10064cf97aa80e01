import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { bodyLimit } from './routes';

/** Anything that answers requests: a site, or one with faults around it. */
export type Fetch = (request: Request) => Promise<Response>;

export type ServeOptions = { port?: number; host?: string };
export type ServedDemo = { url: string; close(): Promise<void> };

/** The body, or `undefined` as soon as it is larger than the site takes. */
async function read(incoming: IncomingMessage): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= bodyLimit) chunks.push(chunk);
  }
  return length > bodyLimit ? undefined : new Uint8Array(Buffer.concat(chunks));
}

function headersOf(incoming: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers))
    // Of the hop alone, and refused by some implementations of fetch.
    if (value !== undefined && !['connection', 'transfer-encoding', 'keep-alive', 'upgrade', 'expect'].includes(name))
      headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  return headers;
}

/** Cookies one by one, also where `Headers` can only give them joined. */
const cookiesOf = (headers: Headers): string[] =>
  typeof headers.getSetCookie === 'function'
    ? headers.getSetCookie()
    : (headers.get('set-cookie') ?? '').split(/,\s*(?=[\w-]+=)/).filter((cookie) => cookie !== '');

async function send(response: Response, outgoing: ServerResponse): Promise<void> {
  const bytes = Buffer.from(await response.arrayBuffer());
  outgoing.statusCode = response.status;
  response.headers.forEach((value, name) => {
    if (name !== 'set-cookie') outgoing.setHeader(name, value);
  });
  const cookies = cookiesOf(response.headers);
  if (cookies.length > 0) outgoing.setHeader('set-cookie', cookies);
  outgoing.setHeader('content-length', bytes.length);
  outgoing.end(bytes);
}

/**
 * Serves a site over HTTP. An answer that the site's `fetch` refuses with an error is a connection that breaks:
 * faults use that to lose requests and answers.
 */
export async function serveDemo(site: { fetch: Fetch }, options: ServeOptions = {}): Promise<ServedDemo> {
  const host = options.host ?? '127.0.0.1';
  let origin = '';
  const handle = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const body = await read(incoming);
    const method = incoming.method ?? 'GET';
    const headers = headersOf(incoming);
    // Too large to be kept: its length alone makes the site refuse it.
    if (body === undefined) headers.set('content-length', String(bodyLimit + 1));
    const carries = method !== 'GET' && method !== 'HEAD' && body !== undefined && body.length > 0;
    const request = new Request(new URL(incoming.url ?? '/', origin), {
      method,
      headers,
      ...(carries ? { body } : {}),
    });
    return send(await site.fetch(request), outgoing);
  };
  // Names are long in filters: what is too long is refused by the site, as a 414, not by Node.
  const server = createServer({ maxHeaderSize: 64 * 1024 }, (incoming, outgoing) => {
    handle(incoming, outgoing).catch(() => incoming.socket.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, host, resolve);
  });
  // A server that listens on a port has an address with one.
  origin = `http://${host}:${(server.address() as AddressInfo).port}`;
  return {
    url: origin,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- missing in Node 16, on which the oldest test Electron runs
        server.closeAllConnections?.();
      }),
  };
}
