import { createServer } from 'node:net';
import { onTestFinished } from 'vitest';
import type { LiveHint, LiveState, Viewers } from '@shared/bridge/live';
import { serveDemo } from '../../electron/demo/rest/serve';
import type { ServeOptions } from '../../electron/demo/rest/serve';
import { createDemoSite } from '../../electron/demo/site';
import type { DemoSite } from '../../electron/demo/site';
import { openSocketBy } from '../../electron/live/open-socket';
import type { OpenSocketBy } from '../../electron/live/open-socket';
import { Realtime } from '../../electron/live/realtime';
import type { RealtimeOptions } from '../../electron/live/realtime';
import { siteSocket } from '../../electron/live/socket-addresses';
import { rememberingLog } from './quiet-log';

/** A site that pushes, over real sockets. */
export async function liveSite(
  socket: NonNullable<ServeOptions['socket']> = 'same-port',
  port = 0,
): Promise<{ site: DemoSite; url: string; close: () => Promise<void> }> {
  const site = createDemoSite({ scale: 1 });
  const served = await serveDemo(site, { push: site, socket, port });
  onTestFinished(() => served.close());
  return { site, ...served };
}

/** The headers of a user's handshake. */
export function handshake(site: DemoSite, url: string, user = 'field@example.com'): Record<string, string> {
  const person = site.people.find(({ name }) => name === user);
  return { Authorization: `token ${person?.apiKey}:${person?.apiSecret}`, Cookie: 'system_user=yes', Origin: new URL(url).origin };
}

/** What came of a listener so far. */
export type Heard = { states: LiveState[]; hints: LiveHint[]; viewers: Viewers[]; dead: number; waits: number[]; opened: string[] };

/** Listens as the app does, without waiting between tries. */
export function listenTo(
  url: string,
  headers: Record<string, string> | null,
  over: Partial<RealtimeOptions> & { transport?: 'websocket' | 'polling' } = {},
): Heard & { realtime: Realtime } {
  const heard: Heard = { states: [], hints: [], viewers: [], dead: 0, waits: [], opened: [] };
  const { transport, ...options } = over;
  const openSocket = options.open ?? openSocketBy(fetch);
  const open: OpenSocketBy = (address, ...rest) => {
    heard.opened.push(address.transport);
    return openSocket(address, ...rest);
  };
  const realtime = new Realtime({
    addresses: async function* () {
      yield* siteSocket(url).filter((address) => transport === undefined || address.transport === transport);
    },
    headers: async () => headers,
    isDead: async () => true,
    pace: {
      random: () => 0.5,
      sleep: async (ms, signal) => {
        heard.waits.push(ms);
        await new Promise((resolve) => setTimeout(resolve, 20));
        signal.throwIfAborted();
      },
    },
    now: () => Date.now(),
    log: rememberingLog(),
    onState: (state) => heard.states.push(state),
    onHint: (hint) => heard.hints.push(hint),
    onViewers: (viewers) => heard.viewers.push(viewers),
    onDead: () => (heard.dead += 1),
    ...options,
    open,
  });
  onTestFinished(() => realtime.close());
  return Object.assign(heard, { realtime });
}

/** A port where nobody listens. */
export async function emptyPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
