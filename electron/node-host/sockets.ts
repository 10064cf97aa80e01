import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { decode, encode } from '@msgpack/msgpack';
import { parse } from 'hono/utils/cookie';
import { WebSocketServer } from 'ws';
import type { RawData, WebSocket } from 'ws';
import { isMessage } from '../channel';
import type { Channel, ServeChannel } from '../channel';
import type { Log } from '../log';
import type { Admission } from './admission';
import { isOwnSocket } from './origin';
import { cookieName } from './pages';

export type SocketsOptions = { admission: Admission; port: () => number; serve: ServeChannel; log: Log };

/** The largest message a page sends: a chunk of a file is 4 MiB, a journal record holds whole documents. */
const maxPayload = 64 * 1024 * 1024;

/** Serves the bridge on `/bridge`, one WebSocket for the window and one for each worker. */
export function acceptSockets(server: Server, { admission, port, serve, log }: SocketsOptions): WebSocketServer {
  const sockets = new WebSocketServer({ noServer: true, maxPayload, perMessageDeflate: false });

  const mayConnect = ({ url, headers }: IncomingMessage): boolean =>
    url === '/bridge' &&
    isOwnSocket({ host: headers.host, origin: headers.origin }, port()) &&
    admission.isAdmitted(parse(headers.cookie ?? '')[cookieName(port())]);

  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    if (!mayConnect(request)) {
      log.warn('host', `A connection from ${request.headers.origin ?? 'no origin'} was refused.`);
      stream.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, stream, head, (socket) => {
      const served = serve(socketChannel(socket, log));
      socket.on('close', () => served.close());
      socket.on('error', (error) => log.warn('host', `A connection broke: ${error.message}`));
    });
  });
  return sockets;
}

/** One MessagePack value a binary frame, so that bytes of files cross as bytes. */
function socketChannel(socket: WebSocket, log: Log): Channel {
  const listeners = new Set<(message: unknown) => void>();
  socket.on('message', (frame: RawData, isBinary: boolean) => {
    const message = isBinary ? decodeFrame(frame) : null;
    if (!isMessage(message)) {
      log.warn('host', 'A connection sent what is not a message of the bridge, and was closed.');
      socket.close(1003);
      return;
    }
    for (const listener of listeners) listener(message);
  });
  return {
    post(message) {
      if (socket.readyState === socket.OPEN) socket.send(encode(message, { ignoreUndefined: true }));
    },
    on: (listener) => void listeners.add(listener),
    off: (listener) => void listeners.delete(listener),
  };
}

function decodeFrame(frame: RawData): unknown {
  const bytes = Array.isArray(frame) ? Buffer.concat(frame) : new Uint8Array(frame);
  try {
    return decode(bytes);
  } catch {
    return null; // the caller closes the connection
  }
}
