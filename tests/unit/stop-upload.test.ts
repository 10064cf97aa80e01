import { expect, it, onTestFinished } from 'vitest';
import { serveDemo } from '../../electron/demo/rest/serve';
import { createDemoSite } from '../../electron/demo/site';
import { createServices } from '../../electron/services';
import { openConfStore } from '../../electron/settings/conf-store';
import { fakeEncryptor } from '../support/fake-encryptor';
import { rememberingLog } from '../support/quiet-log';
import { temporaryFolder } from '../support/temporary-folder';
import { until } from '../support/until';

const context = () => ({ signal: new AbortController().signal });

/** Signed in as a field user, with a file kept; an upload never ends by itself. `takes`: whether the network takes its bytes. */
async function withFile(takes: boolean) {
  const site = createDemoSite({ scale: 8 });
  const served = await serveDemo(site);
  onTestFinished(() => served.close());
  const person = site.people.find(({ name }) => name === 'field@example.com');
  const secrets = { apiKey: person?.apiKey ?? '', apiSecret: person?.apiSecret ?? '' };
  const folder = await temporaryFolder();
  let begun = 0;
  const { services } = await createServices({
    fetch,
    sendStream: async ({ signal, body }) => {
      const stopped = new Promise<Response>((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new DOMException('stopped', 'AbortError')));
      });
      if (takes) for await (const _piece of body) continue;
      begun += 1;
      return stopped;
    },
    folder,
    store: openConfStore(folder),
    encryptor: fakeEncryptor('system'),
    environment: { host: 'headless', version: '0', platform: 'test', startInDemo: false },
    openExternal: async () => undefined,
    handOver: async () => ({ at: 'cancelled' }),
    openFile: async () => undefined,
    log: rememberingLog(),
    startDemo: async () => ({ url: served.url, ...secrets }),
  });
  const account = await services.accounts.signIn({ address: served.url, ...secrets, keep: 'store' }, context());
  const { handle } = await services.files.begin({ account: account.id, name: 'a.txt', size: 3 }, context());
  await services.files.write({ handle, bytes: new TextEncoder().encode('abc') }, context());
  const { id: file } = await services.files.finish({ handle }, context());
  const to = { account: account.id, file, fileName: 'a.txt', doctype: 'Customer', isPrivate: true };
  const upload = (docname: string) =>
    services.files.upload({ ...to, docname }, context()).then(
      () => 'done',
      (error: unknown) => error,
    );
  const stop = (docname: string, of = account.id) => services.files.stopUpload({ account: of, file, docname }, context());
  return { upload, stop, begun: () => begun };
}

it('an upload that is stopped before all of it was sent is known not to have arrived, and no other is stopped', async () => {
  const { upload, stop, begun } = await withFile(false);
  const [one, other] = [upload('CUST-1'), upload('CUST-2')];
  await until(() => begun() === 2);
  await stop('CUST-1', 'another-account');
  await stop('CUST-3');
  await stop('CUST-1');
  expect(await one).toMatchObject({ code: 'try-again' });
  expect(await Promise.race([other, new Promise((resolve) => setTimeout(() => resolve('under way')))])).toBe('under way');
  await stop('CUST-2');
  expect(await other).toMatchObject({ code: 'try-again' });
  // Nothing is left of it that a later one could meet.
  await stop('CUST-2');
});

it('an upload that is stopped after all of it was sent may have arrived', async () => {
  const { upload, stop, begun } = await withFile(true);
  const one = upload('CUST-1');
  await until(() => begun() === 1);
  await stop('CUST-1');
  expect(await one).toMatchObject({ code: 'cancelled' });
});
