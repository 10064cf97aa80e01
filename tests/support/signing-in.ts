import { onTestFinished } from 'vitest';
import type { BridgeEvents } from '@shared/bridge';
import type { AccountsState } from '@shared/bridge/accounts';
import { serveDemo, type Fetch as Answering } from '../../electron/demo/rest/serve';
import { createDemoSite, type DemoSite } from '../../electron/demo/site';
import { createServices, type Ports, type ServiceSet } from '../../electron/services';
import { openConfStore } from '../../electron/settings/conf-store';
import { fakeEncryptor, type FakeEncryptor } from './fake-encryptor';
import { freePort } from './free-port';
import { rememberingLog, type RememberedLog } from './quiet-log';
import { temporaryFolder } from './temporary-folder';

export const asking = () => ({ signal: new AbortController().signal });

export type SigningIn = Omit<ServiceSet, 'asked'> & {
  site: DemoSite;
  url: string;
  folder: string;
  port: number;
  encryptor: FakeEncryptor;
  log: RememberedLog;
  /** What the site was asked, without bodies. */
  asked: { method: string; path: string; headers: Headers }[];
  told: AccountsState[];
  /** The services again, on what the ones before left. */
  restart(): Promise<ServiceSet>;
};

/** A demo site over HTTP, and the services of a device in a fresh folder. `now`: of the site. */
export async function signingIn(
  options: { now?: () => number; wrap?: (answer: Answering) => Answering; ports?: Partial<Ports> } = {},
): Promise<SigningIn> {
  const site = createDemoSite({ scale: 5, ...(options.now === undefined ? {} : { now: options.now }) });
  const asked: SigningIn['asked'] = [];
  const answer: Answering = (request) => {
    asked.push({ method: request.method, path: new URL(request.url).pathname, headers: request.headers });
    return site.fetch(request);
  };
  const served = await serveDemo({ fetch: options.wrap?.(answer) ?? answer });
  onTestFinished(served.close);
  const [folder, port] = [await temporaryFolder(), await freePort()];
  site.signedIn.oauth.clients.push({
    clientId: 'the-client',
    name: 'Fieldbook',
    redirectUris: [`http://127.0.0.1:${port}/oauth/callback`],
  });
  const [encryptor, log] = [fakeEncryptor('system'), rememberingLog()];
  const start = () =>
    createServices({
      ...{ fetch, folder, encryptor, log, callbackPort: port, store: openConfStore(folder) },
      environment: { host: 'headless', version: '0', platform: 'test', startInDemo: false },
      openExternal: async () => undefined,
      handOver: async () => ({ at: 'cancelled' }),
      openFile: async () => undefined,
      startDemo: () => Promise.reject(new Error('there is no demo here')),
      ...options.ports,
    });
  const set = await start();
  onTestFinished(set.close);
  const told: AccountsState[] = [];
  set.events.on(<E extends keyof BridgeEvents>(name: E, payload: BridgeEvents[E]) => {
    // The name says which payload it is.
    if (name === 'accounts') told.push(payload as AccountsState);
  });
  return { ...set, site, url: served.url, folder, port, encryptor, log, asked, told, restart: start };
}
