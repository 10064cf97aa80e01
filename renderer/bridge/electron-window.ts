/** What the preload script puts on the window, and all it puts there. */
export type PreloadBridge = {
  post(message: unknown): Promise<void>;
  onMessage(listener: (message: unknown) => void): void;
  /** Asks for a port to the main process; it arrives as a message event named `fieldbook:port` on this window. */
  requestPort(): Promise<void>;
};

declare global {
  // Only an interface merges with the browser's own.
  // eslint-disable-next-line @typescript-eslint/consistent-type-definitions
  interface Window {
    fieldbook?: PreloadBridge;
  }
}

/** The name under which the preload script passes a port on to the page. */
export const portMessage = 'fieldbook:port';

/** A port to the main process, for a worker to own. It closes when this window navigates. */
export function requestPort(preload: PreloadBridge): Promise<MessagePort> {
  return new Promise((resolve, reject) => {
    const receive = (event: MessageEvent) => {
      const [port] = event.ports;
      if (event.source !== window || event.data !== portMessage || !port) return;
      window.removeEventListener('message', receive);
      resolve(port);
    };
    window.addEventListener('message', receive);
    preload.requestPort().catch(reject);
  });
}
