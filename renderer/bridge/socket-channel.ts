import { decode, encode } from '@msgpack/msgpack';
import { AppError } from '@shared/errors';
import type { Channel, Link } from './channel';
import { createLink } from './link-state';

/** Milliseconds before the next attempt; the last one repeats. */
const backOff = [250, 500, 1_000, 2_000, 5_000];

/**
 * A WebSocket to the headless host that mends itself. Binary frames hold one MessagePack value each, so that bytes of
 * files cross as bytes. `onLost` is called each time an open socket is gone: its answers will never come.
 */
export function socketChannel(url: string, onLost: () => void): { channel: Channel; link: Link; opened: Promise<void> } {
  const listeners = new Set<(message: unknown) => void>();
  const { link, change } = createLink('reconnecting');
  let settle = (): void => undefined;
  const opened = new Promise<void>((resolve) => (settle = resolve));
  let socket: WebSocket | null = null;
  let attempts = 0;

  function connect(): void {
    const candidate = new WebSocket(url);
    candidate.binaryType = 'arraybuffer';
    candidate.onopen = () => {
      socket = candidate;
      attempts = 0;
      change('open');
      settle();
    };
    candidate.onmessage = (event: MessageEvent<ArrayBuffer>) => {
      const message = decode(new Uint8Array(event.data));
      for (const listener of listeners) listener(message);
    };
    candidate.onclose = () => {
      if (socket === candidate) {
        socket = null;
        change('reconnecting');
        onLost();
      }
      void tryAgain();
    };
  }

  async function tryAgain(): Promise<void> {
    const wait = backOff[Math.min(attempts, backOff.length - 1)];
    attempts += 1;
    // A browser does not tell why a socket was refused; the host says so on an ordinary request.
    if (await isRefused(url)) {
      change('refused');
      settle();
      return;
    }
    setTimeout(connect, wait);
  }

  connect();
  return {
    channel: {
      post(message) {
        if (!socket) throw noService();
        socket.send(encode(message, { ignoreUndefined: true }));
      },
      on: (listener) => void listeners.add(listener),
      off: (listener) => void listeners.delete(listener),
    },
    link,
    opened,
  };
}

const noService = () =>
  new AppError('offline', 'Fieldbook’s own service on this device does not answer. Nothing was sent; your work is kept.');

/** Whether the host is there and does not know this browser's cookie. */
async function isRefused(socketUrl: string): Promise<boolean> {
  const address = new URL('/session', socketUrl.replace(/^ws/, 'http'));
  try {
    return (await fetch(address, { cache: 'no-store' })).status === 403;
  } catch {
    return false; // not there at all: the socket will be tried again
  }
}
