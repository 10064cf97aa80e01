import { WebSocket } from 'ws';

const nodeFetch = globalThis.fetch;

/** What a page of the headless host has in a browser: a WebSocket and a fetch that send its origin and cookie. */
export function browserAt(origin: string, cookie: string): { WebSocket: typeof globalThis.WebSocket; fetch: typeof fetch } {
  class BrowserSocket extends WebSocket {
    constructor(url: string) {
      super(url, { origin, headers: { cookie } });
      this.on('error', () => undefined); // a browser tells by the close event alone
    }
  }
  return {
    // `ws` has the browser's interface; its types differ in details that are not used here.
    WebSocket: BrowserSocket as unknown as typeof globalThis.WebSocket,
    fetch: (input, init) => nodeFetch(input, { ...init, headers: { cookie } }),
  };
}

/** Opens a link of the headless host as a browser does; its cookie as it would be sent back. */
export async function openLink(link: string): Promise<string> {
  const response = await nodeFetch(link);
  const [cookie] = response.headers.getSetCookie();
  return cookie?.split(';')[0] ?? '';
}
