/**
 * The network as the host gives it: Node's `fetch`, or Electron's `net.fetch` (system proxy and certificates).
 * With `redirect: 'manual'` it answers the 3xx (Node) or rejects (Electron); it never follows.
 */
export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** A POST whose body is streamed: `size` bytes out of `body`, read as fast as the network takes them. */
type StreamedPost = {
  url: string;
  headers: Record<string, string>;
  body: AsyncIterable<Uint8Array>;
  size: number;
  signal: AbortSignal;
};

/**
 * Sends a streamed body. A port of its own because the two hosts stream differently: Node's `fetch` takes a
 * stream (see `streamByFetch`), while Electron's `net.fetch` gathers the whole body in memory first, copying it
 * again with each chunk, so that the Electron host uses `net.request` with `chunkedEncoding`.
 */
export type SendStream = (post: StreamedPost) => Promise<Response>;
