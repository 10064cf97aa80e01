import { Readable } from 'node:stream';
import type { Fetch, SendStream } from './transport';

/**
 * Streams a body through Node's own `fetch`: pieces are read as the socket takes them. The size is sent, so that the
 * server sees an ordinary `Content-Length` and can refuse at once what is over its limit. Not for Electron's
 * `net.fetch`, which refuses that header and gathers the body first.
 */
export const streamByFetch =
  (fetch: Fetch): SendStream =>
  (post) => {
    const init: RequestInit & { duplex: 'half' } = {
      method: 'POST',
      headers: { ...post.headers, 'Content-Length': String(post.size) },
      // Node's stream is the web's; its declaration differs in details that fetch does not use.
      body: Readable.toWeb(Readable.from(post.body, { objectMode: false, highWaterMark: 64 * 1024 })) as ReadableStream<Uint8Array>,
      duplex: 'half',
      credentials: 'omit',
      redirect: 'manual',
      signal: post.signal,
    };
    return fetch(post.url, init);
  };
