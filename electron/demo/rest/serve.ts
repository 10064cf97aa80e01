import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer, type Http2Bindings, type HttpBindings } from '@hono/node-server';

/** Anything that answers requests: a site, or one with faults around it. */
export type Fetch = (request: Request) => Promise<Response>;

export type ServeOptions = { port?: number; host?: string };
export type ServedDemo = { url: string; close(): Promise<void> };

/**
 * Serves a site over HTTP. An answer that the site's `fetch` refuses with an error is a connection that breaks:
 * faults use that to lose requests and answers.
 */
export async function serveDemo(site: { fetch: Fetch }, { port = 0, host = '127.0.0.1' }: ServeOptions = {}): Promise<ServedDemo> {
  const answer = async (request: Request, { incoming }: HttpBindings | Http2Bindings): Promise<Response> => {
    // The body is read whole first, as a site behind a web server gets it, so that a refusal finds the sender listening.
    const body = request.method === 'GET' || request.method === 'HEAD' ? undefined : await request.arrayBuffer();
    const { url, method, headers } = request;
    return site.fetch(new Request(url, { method, headers, ...(body?.byteLength ? { body } : {}) })).catch((error: unknown) => {
      incoming.destroy();
      throw error;
    });
  };
  // Names are long in filters: what is too long is refused by the site, as a 414, not by Node.
  const options = { fetch: answer, hostname: host, overrideGlobalObjects: false, serverOptions: { maxHeaderSize: 64 * 1024 } };
  // Without options for HTTP/2 the adaptor makes an http.Server.
  const server = createAdaptorServer(options) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    // A server that listens on a port has an address with one.
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
