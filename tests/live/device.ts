import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bridge } from '@shared/bridge';
import type { Account } from '@shared/bridge/accounts';
import { noEncryptor } from '../../electron/accounts/encryptor';
import { serveBridge } from '../../electron/bridge/serve';
import type { Log } from '../../electron/log';
import { createServices } from '../../electron/services';
import { openConfStore } from '../../electron/settings/conf-store';
import { createClient } from '../../renderer/bridge/client';
import { createLink } from '../../renderer/bridge/link-state';
import type { Credentials } from './credentials';
import { openNetwork, type Network } from './network';

/** A device of its own, without a window: real services in a fresh folder, reached over the real bridge. */
export type Device = { bridge: Bridge; network: Network; close(): Promise<void> };
export type SignedIn = Device & { account: Account };

const silent: Log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

type Listener = (message: unknown) => void;

/** Two ends of one channel; messages are copied on the way, as between processes. */
function channels() {
  const end = () => new Set<Listener>();
  const [main, window] = [end(), end()];
  const channel = (own: Set<Listener>, other: Set<Listener>) => ({
    post: (message: unknown) => {
      const copy: unknown = structuredClone(message);
      queueMicrotask(() => other.forEach((listener) => listener(copy)));
    },
    on: (listener: Listener) => void own.add(listener),
    off: (listener: Listener) => void own.delete(listener),
  });
  return { main: channel(main, window), window: channel(window, main) };
}

export async function openDevice(): Promise<Device> {
  const folder = await mkdtemp(join(tmpdir(), 'fieldbook-live-'));
  const network = openNetwork();
  const { services, events, close } = await createServices({
    fetch: network.fetch,
    folder,
    store: openConfStore(folder),
    encryptor: noEncryptor,
    environment: { host: 'headless', version: '0', platform: process.platform, startInDemo: false },
    openExternal: () => Promise.reject(new Error('nothing is opened here')),
    handOver: async () => ({ at: 'cancelled' }),
    openFile: () => Promise.reject(new Error('nothing is opened here')),
    log: silent,
    startDemo: () => Promise.reject(new Error('there is no demo here')),
  });
  const { main, window } = channels();
  const served = serveBridge(services, main, { events, log: silent });
  const { connection } = createClient(window, createLink('open').link);
  return {
    bridge: connection.bridge,
    network,
    async close() {
      served.close();
      await close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export async function signIn(credentials: Credentials): Promise<SignedIn> {
  const device = await openDevice();
  const { url, apiKey, apiSecret } = credentials;
  const account = await device.bridge.accounts.signIn({ address: url, apiKey, apiSecret, keep: 'session' });
  return { ...device, account };
}
