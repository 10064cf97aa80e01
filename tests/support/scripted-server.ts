import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

type Received = { method: string; url: URL; headers: IncomingMessage['headers']; body: Buffer };
export type Handler = (received: Received, response: ServerResponse, request: IncomingMessage) => void | Promise<void>;

export type ScriptedServer = {
  url: string;
  received: Received[];
  /** Requests in work at this moment, and the most there ever were. */
  open: () => number;
  mostOpen: () => number;
  close: () => Promise<void>;
};

/** A real HTTP server on a free port that answers as a test says and remembers what it was asked. */
export async function scriptedServer(handler: Handler): Promise<ScriptedServer> {
  const received: Received[] = [];
  const sockets = new Set<Socket>();
  let open = 0;
  let most = 0;
  const server = createServer((request, response) => {
    open += 1;
    most = Math.max(most, open);
    response.once('close', () => (open -= 1));
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const one = {
        method: request.method ?? '',
        url: new URL(request.url ?? '/', 'http://server'),
        headers: request.headers,
        body: Buffer.concat(chunks),
      };
      received.push(one);
      await handler(one, response, request);
    })().catch(() => response.destroy());
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    open: () => open,
    mostOpen: () => most,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function json(response: ServerResponse, body: unknown, status = 200, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

export const html = (response: ServerResponse, body: string, status = 200): void =>
  void response.writeHead(status, { 'Content-Type': 'text/html' }).end(body);
