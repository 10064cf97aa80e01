import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Account } from '@shared/bridge/accounts';
import { serveDemo, type ServedDemo } from '../../electron/demo/rest/serve';
import { createDemoSite, type DemoSite } from '../../electron/demo/site';
import { createServices, type ServiceSet } from '../../electron/services';
import { openConfStore } from '../../electron/settings/conf-store';
import { openCache } from '../../renderer/cache/open-cache';
import { wipeCache } from '../../renderer/cache/wipe';
import { testKey } from '../support/cache';
import { fakeEncryptor } from '../support/fake-encryptor';
import { rememberingLog } from '../support/quiet-log';
import { temporaryFolder } from '../support/temporary-folder';

const context = () => ({ signal: new AbortController().signal });

let site: DemoSite;
let served: ServedDemo;
beforeAll(async () => {
  site = createDemoSite({ scale: 20 });
  served = await serveDemo(site);
});
afterAll(() => served.close());

const start = (folder: string, demoUrl = served.url): Promise<ServiceSet> =>
  createServices({
    fetch,
    folder,
    store: openConfStore(folder),
    encryptor: fakeEncryptor('system'),
    environment: { host: 'headless', version: '0', platform: 'test', startInDemo: false },
    openExternal: async () => undefined,
    handOver: async () => ({ at: 'cancelled' }),
    openFile: async () => undefined,
    log: rememberingLog(),
    startDemo: async () => ({ ...site.people.find(({ name }) => name === 'field@example.com')!, url: demoUrl }),
  });

async function signIn({ services }: ServiceSet, user: string): Promise<Account> {
  const { apiKey, apiSecret } = site.people.find(({ name }) => name === user)!;
  return services.accounts.signIn({ address: served.url, apiKey, apiSecret, keep: 'store' }, context());
}

/** Unsent work and a file of an account. */
async function work({ services }: ServiceSet, account: string): Promise<string> {
  await services.journal.append({ account, records: [{ kind: 'put', id: randomUUID(), entry: { doctype: 'Customer' } }] }, context());
  const { handle } = await services.files.begin({ account, name: 'note.txt', size: 4 }, context());
  await services.files.write({ handle, bytes: new TextEncoder().encode('note') }, context());
  return (await services.files.finish({ handle }, context())).id;
}

it('takes the secret, the unsent work and the files of one account off the device, and leaves the others alone', async () => {
  const folder = await temporaryFolder();
  const set = await start(folder);
  const [gone, stays] = [await signIn(set, 'field@example.com'), await signIn(set, 'Administrator')];
  await work(set, gone.id);
  const file = await work(set, stays.id);

  const state = await set.services.accounts.remove({ account: gone.id }, context());

  expect(state).toMatchObject({ active: stays.id, accounts: [{ id: stays.id }], toWipe: [gone.id] });
  for (const place of ['journals', 'files']) expect(existsSync(join(folder, place, gone.id)), place).toBe(false);
  expect(await set.services.journal.unsent({ account: stays.id }, context())).toHaveLength(1);
  expect((await set.services.files.read({ account: stays.id, file, offset: 0, length: 4 }, context())).byteLength).toBe(4);
  // An engine that had not ended yet writes nothing any more.
  await expect(
    set.services.journal.append({ account: gone.id, records: [{ kind: 'done', id: randomUUID() }] }, context()),
  ).rejects.toMatchObject({ code: 'no-account' });
  expect(existsSync(join(folder, 'journals', gone.id))).toBe(false);

  const again = await start(folder);
  expect((await again.services.accounts.state({}, context())).accounts.map(({ id, signedIn }) => [id, signedIn])).toEqual([
    [stays.id, true],
  ]);
});

it('remembers a database that is still to be deleted over a crash, and takes nobody in under it until it is gone', async () => {
  const folder = await temporaryFolder();
  const set = await start(folder);
  const { id } = await signIn(set, 'field@example.com');
  expect((await set.services.accounts.remove({ account: id }, context())).active).toBeNull();

  const again = await start(folder);
  expect(await again.services.accounts.state({}, context())).toEqual({ active: null, accounts: [], toWipe: [id] });
  await expect(signIn(again, 'field@example.com')).rejects.toMatchObject({ code: 'try-again' });
  expect((await again.services.accounts.wiped({ account: id }, context())).toWipe).toEqual([]);
  expect(await signIn(again, 'field@example.com')).toMatchObject({ id, signedIn: true });
});

it('clears nothing for a window that calls an account wiped which is in use', async () => {
  const folder = await temporaryFolder();
  const set = await start(folder);
  const { id } = await signIn(set, 'field@example.com');
  await work(set, id);
  await set.services.accounts.wiped({ account: id }, context());
  expect(await set.services.journal.unsent({ account: id }, context())).toHaveLength(1);
  expect(existsSync(join(folder, 'files', id))).toBe(true);
});

it('wipes what an earlier demo left, whose address leads nowhere any more', async () => {
  const folder = await temporaryFolder();
  const first = await start(folder);
  const { id } = await first.services.accounts.startDemo({}, context());
  const other = await serveDemo(site);
  try {
    const second = await start(folder, other.url);
    const { id: next } = await second.services.accounts.startDemo({}, context());
    expect(await second.services.accounts.state({}, context())).toMatchObject({ active: next, accounts: [{ id: next }], toWipe: [id] });
  } finally {
    await other.close();
  }
});

it('deletes a database that is open elsewhere, which is closed there', async () => {
  const parts = { indexedDB: new IDBFactory(), IDBKeyRange };
  const open = openCache('0'.repeat(32), testKey, parts);
  await open.open();
  await wipeCache('0'.repeat(32), parts);
  expect(open.isOpen()).toBe(false);
  expect(await parts.indexedDB.databases()).toEqual([]);
});
