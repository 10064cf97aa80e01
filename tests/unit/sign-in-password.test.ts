import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Account } from '@shared/bridge/accounts';
import { AppError } from '@shared/errors';
import { sidOf } from '../../electron/accounts/session/login';
import { asking, signingIn, type SigningIn } from '../support/signing-in';

const field = { user: 'field@example.com', password: 'field' };

async function byPassword(device: SigningIn, given = field, more: { account?: string } = {}): Promise<Account> {
  const step = await device.services.signIn.password({ address: device.url, keep: 'store', ...given, ...more }, asking());
  if (step.at !== 'signed-in') throw new Error('a code is asked for');
  return step.account;
}

const sidAt = ({ site }: SigningIn): string => [...site.signedIn.sessions.keys()].at(-1) ?? '';
const stateOf = async ({ services }: SigningIn) => (await services.accounts.state({}, asking())).accounts;

test('a password signs in by a session, is kept nowhere, and the session serves after a restart', async () => {
  const device = await signingIn();
  const account = await byPassword(device, { user: ' field@example.com ', password: 'field' });
  expect(account).toMatchObject({ user: 'field@example.com', way: 'password', signedIn: true, refused: false, secretPlace: 'key-store' });
  const sid = sidAt(device);
  const again = await device.restart();
  expect(
    (await again.services.erp.get({ account: account.id, doctype: 'Company', name: 'Alder & Finch Supply GmbH' }, asking())).doc.name,
  ).toBe('Alder & Finch Supply GmbH');
  expect(device.asked.at(-1)?.headers.get('cookie')).toBe(`sid=${sid}`);
  expect(device.asked.at(-1)?.headers.get('authorization')).toBeNull();
  const kept = await readFile(join(device.folder, 'settings.json'), 'utf8');
  for (const text of [kept, JSON.stringify([account, device.told, device.log.lines])]) {
    expect(text).not.toContain(sid);
    expect(text).not.toContain('"field"');
  }
});

test('a wrong password, and a password that is too old, are said, and nothing is kept', async () => {
  const device = await signingIn({
    wrap: (answer) => async (request) =>
      new URL(request.url).pathname === '/api/method/login' && (await request.clone().text()).includes('office@')
        ? Response.json({ message: 'Password Reset', redirect_to: '/update-password?key=x' })
        : answer(request),
  });
  const wrong = await byPassword(device, { ...field, password: 'nope' }).catch((error: unknown) => AppError.from(error));
  expect(wrong).toMatchObject({ code: 'sign-in', details: { serverMessages: [{ message: 'Invalid login credentials' }] } });
  await expect(byPassword(device, { user: 'office@example.com', password: 'office' })).rejects.toMatchObject({ code: 'sign-in' });
  expect(await stateOf(device)).toEqual([]);
  expect(JSON.stringify(device.log.lines)).not.toContain('nope');
});

test('the password is not sent on to another address', async () => {
  const device = await signingIn({
    wrap: (answer) => (request) =>
      new URL(request.url).pathname === '/api/method/login'
        ? Promise.resolve(new Response(null, { status: 307, headers: { location: 'http://127.0.0.1:9/api/method/login' } }))
        : answer(request),
  });
  await expect(byPassword(device)).rejects.toMatchObject({ code: 'not-frappe', details: { status: 307 } });
});

test('a second factor is asked for, a wrong code leaves the question open, and the right one signs in', async () => {
  const device = await signingIn();
  device.site.setSecondFactor('field@example.com', { method: 'Email', code: '123456' });
  const step = await device.services.signIn.password({ address: device.url, keep: 'session', ...field }, asking());
  if (step.at !== 'code') throw new Error('no code is asked for');
  expect(step).toMatchObject({ by: 'email', prompt: 'Verification code has been sent to your registered email address.' });
  const { code } = device.services.signIn;
  const wrong = await code({ ticket: step.ticket, code: '000000' }, asking()).catch((error: unknown) => error);
  expect(wrong).toMatchObject({ code: 'sign-in', details: { serverMessages: [{ message: 'Incorrect Verification code' }] } });
  expect(await code({ ticket: step.ticket, code: ' 123 456 ' }, asking())).toMatchObject({ at: 'signed-in', account: { way: 'password' } });
  await expect(code({ ticket: step.ticket, code: '123456' }, asking())).rejects.toMatchObject({ code: 'unsupported' });
});

test.each([
  ['OTP App', 'app'],
  ['SMS', 'sms'],
] as const)('the code of %s is asked for as such', async (method, by) => {
  const device = await signingIn();
  device.site.setSecondFactor('field@example.com', { method, code: '1' });
  expect(await device.services.signIn.password({ address: device.url, keep: 'session', ...field }, asking())).toMatchObject({
    at: 'code',
    by,
  });
});

test('a code that came too late begins again', async () => {
  let now = Date.UTC(2026, 5, 1);
  const device = await signingIn({ now: () => now });
  device.site.setSecondFactor('field@example.com', { method: 'OTP App', code: '123456' });
  const step = await device.services.signIn.password({ address: device.url, keep: 'session', ...field }, asking());
  now += 181_000;
  if (step.at !== 'code') throw new Error('no code is asked for');
  await expect(device.services.signIn.code({ ticket: step.ticket, code: '123456' }, asking())).rejects.toMatchObject({ code: 'sign-in' });
});

test('a session whose site wants the token of its page writes with it, and asks for it once', async () => {
  const device = await signingIn();
  const account = await byPassword(device);
  const write = (territory_name: string) =>
    device.services.erp.create(
      { account: account.id, doctype: 'Customer', body: { customer_name: territory_name, customer_type: 'Company' } },
      asking(),
    );
  await write('Before');
  // Somebody opened a page of this session: from now on the site wants its token.
  for (const session of device.site.signedIn.sessions.values()) session.csrf = 'c'.repeat(56);
  expect((await write('After')).doc['customer_name']).toBe('After');
  expect((await write('Once more')).doc['customer_name']).toBe('Once more');
  expect(device.site.documents('Customer').filter(({ customer_name: name }) => name === 'After')).toHaveLength(1);
  expect(device.asked.filter(({ path }) => path === '/app')).toHaveLength(1);
  expect(device.asked.at(-1)?.headers.get('x-frappe-csrf-token')).toBe('c'.repeat(56));
});

test('an upload that lacked the token is to be sent again, and goes then', async () => {
  const device = await signingIn();
  const account = await byPassword(device);
  for (const session of device.site.signedIn.sessions.values()) session.csrf = 'd'.repeat(56);
  const customer = device.site.documents('Customer')[0]?.name ?? '';
  const bytes = new TextEncoder().encode('plan');
  const { handle } = await device.services.files.begin({ account: account.id, name: 'plan.txt', size: bytes.byteLength }, asking());
  await device.services.files.write({ handle, bytes }, asking());
  const { id: file } = await device.services.files.finish({ handle }, asking());
  const upload = () =>
    device.services.files.upload(
      { account: account.id, file, fileName: 'plan.txt', doctype: 'Customer', docname: customer, isPrivate: true },
      asking(),
    );
  await expect(upload()).rejects.toMatchObject({ code: 'try-again' });
  expect(await upload()).toMatchObject({ file_name: 'plan.txt' });
  expect(device.site.files().filter(({ doc }) => doc['file_name'] === 'plan.txt')).toHaveLength(1);
});

test('a session that has ended is noticed by whatever asks, told once, and the same person goes on with a new one', async () => {
  const device = await signingIn();
  const account = await byPassword(device);
  const ask = () => device.services.erp.ping({ account: account.id }, asking());
  await ask();
  device.site.endSessions();
  // What guests may ask as well is answered, and marked.
  await expect(ask()).rejects.toMatchObject({ code: 'sign-in' });
  expect((await stateOf(device))[0]).toMatchObject({ signedIn: true, refused: true });
  await expect(ask()).rejects.toMatchObject({ code: 'sign-in' });
  expect(device.told.filter(({ accounts }) => accounts[0]?.refused)).toHaveLength(1);

  await expect(byPassword(device, { user: 'office@example.com', password: 'office' }, { account: account.id })).rejects.toMatchObject({
    code: 'sign-in',
  });
  // The session of somebody else is not left behind.
  expect([...device.site.signedIn.sessions.values()]).toEqual([]);
  expect(await byPassword(device, field, { account: account.id })).toMatchObject({ id: account.id, refused: false });
  await ask();
});

test('a private file that a dead session asks for is no refusal of the file; one that may not be seen is, and costs one question', async () => {
  const device = await signingIn();
  const account = await byPassword(device);
  const form = new FormData();
  form.set('is_private', '1');
  form.set('file', new Blob(['secret plan']), 'plan.txt');
  const headers = { cookie: `sid=${sidAt(device)}` };
  const uploaded = await fetch(`${device.url}/api/method/upload_file`, { method: 'POST', headers, body: form });
  const { message } = (await uploaded.json()) as { message: { file_url: string } };
  const get = (url: string) => device.services.files.fetch({ account: account.id, url, told: [], priority: 'bulk' }, asking());
  expect((await get(message.file_url)).size).toBe(11);
  const ended = [...device.site.signedIn.sessions];
  device.site.endSessions();
  await expect(get(message.file_url)).rejects.toMatchObject({ code: 'sign-in' });
  for (const [sid, session] of ended) device.site.signedIn.sessions.set(sid, session);

  const before = device.asked.length;
  const other = () => expect(get('/private/files/of-another.txt')).rejects.toMatchObject({ code: 'forbidden' });
  await other();
  await other();
  expect(device.asked.slice(before).map(({ path }) => path)).toEqual([
    '/private/files/of-another.txt',
    '/api/method/frappe.auth.get_logged_user',
    '/private/files/of-another.txt',
  ]);
});

test('signing out ends the session on the site, and says so to nobody who is not there', async () => {
  const device = await signingIn();
  const account = await byPassword(device);
  await device.services.accounts.signOut({ account: account.id }, asking());
  expect([...device.site.signedIn.sessions]).toEqual([]);
  expect((await stateOf(device))[0]).toMatchObject({ signedIn: false, way: 'password' });
  await expect(device.services.erp.ping({ account: account.id }, asking())).rejects.toMatchObject({ code: 'no-account' });
});

test('a second sign-in of the same person takes the place of the first way and ends it; other people stay beside it', async () => {
  const device = await signingIn();
  const first = await byPassword(device);
  const other = await byPassword(device, { user: 'office@example.com', password: 'office' });
  const person = device.site.people.find(({ name }) => name === 'field@example.com')!;
  const key = { apiKey: person.apiKey, apiSecret: person.apiSecret };
  const second = await device.services.accounts.signIn({ address: device.url, ...key, keep: 'store' }, asking());
  expect(second).toMatchObject({ id: first.id, way: 'key' });
  expect((await stateOf(device)).map(({ id, way }) => [id, way])).toEqual([
    [other.id, 'password'],
    [first.id, 'key'],
  ]);
  await expect.poll(() => [...device.site.signedIn.sessions.values()].map(({ user }) => user)).toEqual(['office@example.com']);
  await device.services.erp.ping({ account: other.id }, asking());
});

test('a site that is too old is said at sign-in, and its session ended', async () => {
  const device = await signingIn({
    wrap: (answer) => (request) =>
      request.url.includes('get_versions')
        ? Promise.resolve(Response.json({ message: { frappe: { version: '13.58.1' } } }))
        : answer(request),
  });
  await expect(byPassword(device)).rejects.toMatchObject({ code: 'unsupported', message: expect.stringContaining('13.58.1') as string });
  expect([...device.site.signedIn.sessions]).toEqual([]);
});

test('the session is found among other cookies, in one header or in several', () => {
  const of = (...cookies: string[]) => sidOf(new Headers(cookies.map((cookie): [string, string] => ['set-cookie', cookie])));
  expect(of('user_id=a%40b; Path=/', 'sid=abc123; Expires=Thu, 01 Jan 2026 00:00:00 GMT; HttpOnly')).toBe('abc123');
  expect(sidOf(new Headers({ 'set-cookie': 'full_name=X; Expires=Thu, 01 Jan 2026 00:00:00 GMT,sid=abc123; Path=/' }))).toBe('abc123');
  expect(of('sid=Guest; Path=/')).toBeNull();
  expect(of('lastsid=zzz; Path=/')).toBeNull();
  expect(of()).toBeNull();
});
