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

test('a session’s cookie goes with reading, writing and uploading through Electron’s own network', async ({ page, demo }) => {
  const given = { address: demo.url, user: 'field@example.com', password: 'field', keep: 'session' };
  const { account } = valueOf<{ account: { id: string } }>(await callFromPage(page, 'signIn.password', given));
  const [sid] = [...demo.site.signedIn.sessions.values()];
  const body = { customer_name: 'By cookie', customer_type: 'Company' };
  const create = () => callFromPage(page, 'erp.create', { account: account.id, doctype: 'Customer', body });
  const { doc } = valueOf<{ doc: { name: string; owner: string } }>(await create());
  expect(doc.owner).toBe('field@example.com');

  // From now on the site wants the token of its page.
  if (sid) sid.csrf = 'e'.repeat(56);
  valueOf(
    await callFromPage(page, 'erp.update', { account: account.id, doctype: 'Customer', name: doc.name, body: { website: 'x.example' } }),
  );
  const { handle } = valueOf<{ handle: string }>(await callFromPage(page, 'files.begin', { account: account.id, name: 'a.txt', size: 3 }));
  valueOf(await callFromPage(page, 'files.write', { handle, bytes: new Uint8Array([1, 2, 3]) }));
  const { id: file } = valueOf<{ id: string }>(await callFromPage(page, 'files.finish', { handle }));
  const upload = { account: account.id, file, fileName: 'a.txt', doctype: 'Customer', docname: doc.name, isPrivate: true };
  expect(valueOf<{ file_size: number }>(await callFromPage(page, 'files.upload', upload)).file_size).toBe(3);
  expect(demo.site.files().find(({ doc: { file_name: name } }) => name === 'a.txt')?.doc.owner).toBe('field@example.com');
});

test('a server that is not there is told apart from a wrong address', async ({ page, demo }) => {
  await demo.close();
  const answer = await callFromPage(page, 'accounts.probe', { address: demo.url });
  expect(answer).toMatchObject({ ok: false, error: { code: 'offline' } });
});
