import type { Channel } from './channel';

/** A message port to Electron's main process. */
export function portChannel(port: MessagePort): Channel {
  const listeners = new Map<(message: unknown) => void, (event: MessageEvent) => void>();
  port.start();
  return {
    post: (message) => port.postMessage(message),
    on(listener) {
      const receive = (event: MessageEvent) => listener(event.data);
      listeners.set(listener, receive);
      port.addEventListener('message', receive);
    },
    off(listener) {
      const receive = listeners.get(listener);
      if (receive) port.removeEventListener('message', receive);
    },
  };
}
