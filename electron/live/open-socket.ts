import { NodeWebSocket } from 'engine.io-client';
import { io, type Socket } from 'socket.io-client';
import type { LiveFailure } from '@shared/bridge/live';
import type { SocketAddress } from './socket-addresses';
import type { Fetch } from '../erp/transport';
import { pollingBy } from './app-polling';

/** A connection to a site's realtime service that stands. */
export type OpenSocket = {
  emit(event: string, ...args: string[]): void;
  on(event: string, listener: (payload: unknown) => void): void;
  /** Resolves when it is gone, however that came about. */
  closed: Promise<void>;
  close(): void;
};

export type Opened = { ok: true; socket: OpenSocket } | { ok: false; why: LiveFailure; message: string };

/** Opens one; `signal` takes it back. Never rejects. */
export type OpenSocketBy = (address: SocketAddress, headers: Record<string, string>, signal: AbortSignal) => Promise<Opened>;

const connectMs = 8_000;

/** socket.io's own client, which tries once: when to try again is decided elsewhere. */
export function openSocketBy(fetch: Fetch): OpenSocketBy {
  const Polling = pollingBy(fetch);
  return (address, headers, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve(takenBack);
      const socket = io(`${address.origin}/${encodeURIComponent(address.namespace)}`, {
        transports: [address.transport === 'websocket' ? NodeWebSocket : Polling],
        upgrade: false,
        reconnection: false,
        forceNew: true,
        timeout: connectMs,
        extraHeaders: headers,
      });
      const settle = (opened: Opened): void => {
        clearTimeout(late);
        signal.removeEventListener('abort', takeBack);
        if (!opened.ok) socket.disconnect();
        resolve(opened);
      };
      const takeBack = (): void => settle(takenBack);
      // A middleware of Frappe's may never answer: socket.io waits for it without an end.
      const late = setTimeout(() => settle({ ok: false, why: 'unreachable', message: 'no answer in time' }), connectMs + 2_000);
      signal.addEventListener('abort', takeBack);
      socket.once('connect', () => settle({ ok: true, socket: standing(socket) }));
      socket.once('connect_error', (error) => settle({ ok: false, why: failureOf(error.message), message: error.message }));
    });
}

const takenBack: Opened = { ok: false, why: 'unreachable', message: 'taken back' };

function standing(socket: Socket): OpenSocket {
  const closed = new Promise<void>((resolve) => void socket.once('disconnect', () => resolve()));
  return {
    emit: (event, ...args) => void socket.emit(event, ...args),
    on: (event, listener) => void socket.on(event, listener),
    closed,
    close: () => void socket.disconnect(),
  };
}

/** In the words of Frappe's `realtime/middlewares/authenticate.js`; whatever else went wrong, nobody was reached. */
function failureOf(message: string): LiveFailure {
  if (message.startsWith('Unauthorized') || message.startsWith('No authentication method') || message.startsWith('No cookie'))
    return 'refused';
  return message.startsWith('Invalid namespace') || message.startsWith('Invalid origin') ? 'namespace' : 'unreachable';
}
