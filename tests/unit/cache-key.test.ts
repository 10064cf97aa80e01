import { hkdfSync } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { serveDemo, type ServedDemo } from '../../electron/demo/rest/serve';
import { createDemoSite, type DemoSite } from '../../electron/demo/site';
import { createServices, type ServiceSet } from '../../electron/services';
import { openConfStore } from '../../electron/settings/conf-store';
import { fakeEncryptor } from '../support/fake-encryptor';
import { rememberingLog } from '../support/quiet-log';
import { temporaryFolder } from '../support/temporary-folder';

const context = () => ({ signal: new AbortController().signal });
const encryptor = fakeEncryptor('system');

let site: DemoSite;
let served: ServedDemo;
beforeAll(async () => {
  site = createDemoSite({ scale: 20 });
  served = await serveDemo(site);
});
afterAll(() => served.close());

const start = (folder: string): Promise<ServiceSet> =>
  createServices({
    ...{ fetch, folder, encryptor, log: rememberingLog(), store: openConfStore(folder) },
    environment: { host: 'headless', version: '0', platform: 'test', startInDemo: false },
    openExternal: async () => undefined,
    handOver: async () => ({ at: 'cancelled' }),
    openFile: async () => undefined,
    startDemo: async () => ({ ...site.people[0]!, url: served.url }),
  });

const signIn = async ({ services }: ServiceSet, user: string): Promise<string> => {
  const { apiKey, apiSecret } = site.people.find(({ name }) => name === user)!;
  return (await services.accounts.signIn({ address: served.url, apiKey, apiSecret, keep: 'store' }, context())).id;
};

it('each account has a key of its own for its database, the same at each start, from which no other key follows', async () => {
  const folder = await temporaryFolder();
  const set = await start(folder);
  const [one, other] = [await signIn(set, 'field@example.com'), await signIn(set, 'office@example.com')];
  const keyOf = async (from: ServiceSet, account: string) => (await from.services.accounts.cacheKey({ account }, context())).key;
  const key = await keyOf(set, one);
  expect(key).toHaveLength(32);
  expect(await keyOf(set, other)).not.toEqual(key);
  // Signed out, its person goes on working with what is here.
  await set.services.accounts.signOut({ account: one }, context());
  expect(await keyOf(await start(folder), one)).toEqual(key);

  const { key: kept } = JSON.parse(await readFile(join(folder, 'data-key.json'), 'utf8')) as { key: string };
  const dataKey = Buffer.from(encryptor.decrypt(Buffer.from(kept, 'base64')), 'base64');
  for (const purpose of ['journal', 'files', 'file-names'])
    expect(Buffer.from(hkdfSync('sha256', dataKey, one, `fieldbook ${purpose}`, 32))).not.toEqual(Buffer.from(key));
  expect(dataKey).not.toEqual(Buffer.from(key));
});

it('an account that is not here has none, and a locked key store gives none until it is unlocked', async () => {
  const folder = await temporaryFolder();
  const first = await start(folder);
  const account = await signIn(first, 'field@example.com');
  await first.services.accounts.cacheKey({ account }, context());
  encryptor.refuses = true;
  const locked = await start(folder);
  await expect(locked.services.accounts.cacheKey({ account }, context())).rejects.toMatchObject({
    code: 'key-store',
    message: expect.stringContaining('Nothing is lost: unlock the key store and try again.') as unknown,
  });
  encryptor.refuses = false;
  expect((await locked.services.accounts.cacheKey({ account }, context())).key).toHaveLength(32);
  await expect(locked.services.accounts.cacheKey({ account: 'b'.repeat(32) }, context())).rejects.toMatchObject({ code: 'no-account' });
});
