import { expect, test } from '../support/app';
import { callFromPage } from '../support/page-bridge';
import type { Answer } from '../support/page-bridge';

/** The value of an answer, of the shape that the contract says. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- one place for the casts of these tests
function valueOf<T>(answer: Answer): T {
  if (!answer.ok) throw new Error(`${answer.error.code}: ${answer.error.message}`);
  return answer.value as T;
}

test('a file goes up and comes back whole through Electron’s own network', async ({ page, demo }) => {
  const person = demo.site.people.find(({ name }) => name === 'field@example.com');
  if (!person) throw new Error('The demo has no field user.');
  const { apiKey, apiSecret } = person;
  const { id: account } = valueOf<{ id: string }>(
    await callFromPage(page, 'accounts.signIn', { address: demo.url, apiKey, apiSecret, keep: 'session' }),
  );
  const [customer] = demo.site.documents('Customer');
  const docname = customer?.name;

  const size = 3 * 1024 * 1024;
  const bytes = new Uint8Array(size).map((_, index) => (index * 31) % 251);
  const { handle } = valueOf<{ handle: string }>(await callFromPage(page, 'files.begin', { account, name: 'plan.bin', size }));
  valueOf(await callFromPage(page, 'files.write', { handle, bytes }));
  const { id: file, sha256 } = valueOf<{ id: string; sha256: string }>(await callFromPage(page, 'files.finish', { handle }));

  const uploaded = valueOf<{ file_url: string; file_size: number }>(
    await callFromPage(page, 'files.upload', { account, file, fileName: 'plan.bin', doctype: 'Customer', docname, isPrivate: true }),
  );
  expect(uploaded.file_size).toBe(size);
  expect(demo.site.files().map((stored) => stored.sha256)).toContain(sha256);

  const fetched = valueOf<{ sha256: string }>(
    await callFromPage(page, 'files.fetch', { account, url: uploaded.file_url, told: [], priority: 'interactive' }),
  );
  expect(fetched.sha256).toBe(sha256);
});

test('a server that is not there is told apart from a wrong address', async ({ page, demo }) => {
  await demo.close();
  const answer = await callFromPage(page, 'accounts.probe', { address: demo.url });
  expect(answer).toMatchObject({ ok: false, error: { code: 'offline' } });
});
