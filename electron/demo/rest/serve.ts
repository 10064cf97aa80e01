import { createServer, type Server } from 'node:http';
import type { PushSite } from '../live/push-site';
import { pushBySocket } from '../live/socket';
import { sendWebhooks } from '../live/webhooks';
import { listen, portOf } from '../../listen';
import { createAdaptorServer, type Http2Bindings, type HttpBindings } from '@hono/node-server';

/** Anything that answers requests: a site, or one with faults around it. */
export type Fetch = (request: Request) => Promise<Response>;

/**
 * `push`: the site whose changes are pushed, by webhooks and by socket.io; nothing is pushed without. `socket`: at the
 * site's own address as behind a proxy, at a port of its own as in development, or not at all.
 */
export type ServeOptions = { port?: number; host?: string; push?: PushSite; socket?: 'same-port' | 'own-port' | 'none' };
/** `sockets`: realtime connections that stand. */
export type ServedDemo = { url: string; sockets(): number; close(): Promise<void> };

/**
 * Serves a site over HTTP. An answer that the site's `fetch` refuses with an error is a connection that breaks:
 * faults use that to lose requests and answers.
 */
export async function serveDemo(
  site: { fetch: Fetch },
  { port = 0, host = '127.0.0.1', push, socket = 'same-port' }: ServeOptions = {},
): Promise<ServedDemo> {
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
  const ownPort = socket === 'own-port' ? createServer() : null;
  const pushing = push === undefined || socket === 'none' ? null : pushBySocket(ownPort ?? server, push);
  const stopWebhooks = push === undefined ? null : sendWebhooks(push);
  await listen(server, port, host);
  if (ownPort !== null) await listen(ownPort, 0, host);
  if (ownPort !== null && push !== undefined) push.engine.socketPort = portOf(ownPort);
  return {
    url: `http://${host}:${portOf(server)}`,
    sockets: () => pushing?.count() ?? 0,
    async close() {
      stopWebhooks?.();
      await Promise.all([pushing?.close(), end(server), ownPort === null ? null : end(ownPort)]);
    },
  };
}

const end = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
