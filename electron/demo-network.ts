import { AppError } from '@shared/errors';
import type { DemoSite as DemoAccess } from './accounts/accounts';
import { createDemoSite } from './demo/site';
import type { DemoSite } from './demo/site';
import type { Fetch, SendStream } from './erp/transport';

/** Never a real host. It stays the same, so that the demo's account and its cache are found again at the next start. */
const origin = 'https://demo.fieldbook.invalid';

/** Who the person is in the demo. */
const fieldUser = 'field@example.com';

export type DemoNetwork = { fetch: Fetch; sendStream: SendStream; startDemo(): Promise<DemoAccess> };

/**
 * The network with the demo company in it: requests to its address are answered inside this program, without a socket.
 * The company is made when it is first asked for, and lives as long as the program.
 */
export function withDemo(network: { fetch: Fetch; sendStream: SendStream }): DemoNetwork {
  let made: DemoSite | null = null;
  const site = () => (made ??= createDemoSite());
  const isDemo = (url: string) => new URL(url).origin === origin;

  return {
    async fetch(input, init) {
      const url = input instanceof Request ? input.url : String(input);
      return isDemo(url) ? site().fetch(new Request(input, init)) : network.fetch(input, init);
    },
    async sendStream(post) {
      if (!isDemo(post.url)) return network.sendStream(post);
      const body = await gather(post.body, post.size);
      return site().fetch(new Request(post.url, { method: 'POST', headers: post.headers, body, signal: post.signal }));
    },
    async startDemo() {
      const person = site().people.find(({ name }) => name === fieldUser);
      if (!person) throw new AppError('internal', 'The demo company has lost its field user.');
      return { url: origin, apiKey: person.apiKey, apiSecret: person.apiSecret };
    },
  };
}

async function gather(body: AsyncIterable<Uint8Array>, size: number): Promise<Uint8Array<ArrayBuffer>> {
  const whole = new Uint8Array(size);
  let at = 0;
  for await (const bytes of body) {
    whole.set(bytes, at);
    at += bytes.byteLength;
  }
  return whole;
}
