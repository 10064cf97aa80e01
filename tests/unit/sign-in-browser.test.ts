import { request as ask } from 'node:http';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Account } from '@shared/bridge/accounts';
import { listenForCallback } from '../../electron/accounts/oauth/callback-listener';
import { freePort } from '../support/free-port';
import { asking, signingIn, type SigningIn } from '../support/signing-in';
import { Visitor } from '../support/visitor';

const begin = (device: SigningIn, clientId = 'the-client', more: { account?: string } = {}) =>
  device.services.signIn.browser({ address: device.url, keep: 'store', clientId, ...more }, asking());

async function byBrowser(device: SigningIn, user = 'field@example.com', password = 'field'): Promise<Account> {
  const step = await begin(device);
  const returned = waiting(device, step.ticket);
  await new Visitor().consent(step.url, user, password);
  return returned;
}

/** Waits for who comes back; a refusal is heard when it is asked for. */
function waiting(device: SigningIn, ticket: string, context = asking()): Promise<Account> {
  const returned = device.services.signIn.returned({ ticket }, context);
  returned.catch(() => undefined);
  return returned;
}

const ping = ({ services }: SigningIn, account: Account) => services.erp.ping({ account: account.id }, asking());
const tokenRequests = ({ asked }: SigningIn) => asked.filter(({ path }) => path.endsWith('.get_token')).length;

test('a person signs in on the site itself and is back with tokens, which are in no file and in no answer', async () => {
  const device = await signingIn();
  const probe = () => device.services.accounts.probe({ address: device.url }, asking());
  expect((await probe()).browser).toEqual({ clientId: null });
  const step = await begin(device);
  const url = new URL(step.url);
  expect(step).toMatchObject({ opened: false });
  expect(url.origin).toBe(device.url);
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    ...{ client_id: 'the-client', response_type: 'code', code_challenge_method: 'S256', scope: 'all' },
    redirect_uri: `http://127.0.0.1:${device.port}/oauth/callback`,
  });
  const returned = waiting(device, step.ticket);
  const last = await new Visitor().consent(step.url, 'field@example.com', 'field');
  expect(last).toMatchObject({ status: 200, text: expect.stringContaining('Close this page') as string });
  const account = await returned;
  expect(account).toMatchObject({ user: 'field@example.com', way: 'browser', secretPlace: 'key-store' });
  expect((await probe()).browser).toEqual({ clientId: 'the-client' });

  await ping(device, account);
  const [pair] = device.site.signedIn.oauth.pairs;
  expect(device.asked.at(-1)?.headers.get('authorization')).toBe(`Bearer ${pair?.access}`);
  const kept = await readFile(join(device.folder, 'settings.json'), 'utf8');
  for (const token of [pair?.access ?? '', pair?.refresh ?? ''])
    for (const text of [kept, JSON.stringify([account, device.told, device.log.lines])]) expect(text).not.toContain(token);
  const again = await device.restart();
  expect((await again.services.accounts.state({}, asking())).accounts[0]).toMatchObject({ way: 'browser', signedIn: true });
});

test('the site is asked whether it offers the browser, and one that does not is told so', async () => {
  const device = await signingIn({
    wrap: (answer) => (request) =>
      new URL(request.url).pathname.startsWith('/.well-known/') ? Promise.resolve(new Response('no', { status: 404 })) : answer(request),
  });
  expect((await device.services.accounts.probe({ address: device.url }, asking())).browser).toBeNull();
  await expect(begin(device)).rejects.toMatchObject({ code: 'unsupported' });
});

test('a site that names itself otherwise gets its people and tokens at the address that was signed in to', async () => {
  const device = await signingIn({
    wrap: (answer) => async (request) => {
      const response = await answer(request);
      if (!request.url.includes('openid_configuration')) return response;
      return new Response((await response.text()).replaceAll(new URL(request.url).origin, 'http://inside.invalid:8000'), response);
    },
  });
  expect(new URL((await begin(device)).url).origin).toBe(device.url);
});

test('who declines is told so, and nothing is kept', async () => {
  const device = await signingIn();
  const step = await begin(device);
  const returned = waiting(device, step.ticket);
  await new Visitor().consent(step.url, 'field@example.com', 'field', 'Deny');
  await expect(returned).rejects.toMatchObject({ code: 'forbidden' });
  expect((await device.services.accounts.state({}, asking())).accounts).toEqual([]);
});

test('an answer to another question is refused, and the real one still comes through', async () => {
  const device = await signingIn();
  const step = await begin(device);
  const returned = waiting(device, step.ticket);
  const callback = `http://127.0.0.1:${device.port}/oauth/callback`;
  expect((await fetch(`${callback}?code=stolen&state=guess`)).status).toBe(400);
  expect((await fetch(`${callback}?code=stolen`)).status).toBe(400);
  expect((await fetch(`http://127.0.0.1:${device.port}/`)).status).toBe(404);
  expect((await fetch(`${callback}?code=x&state=y`, { method: 'POST' })).status).toBe(404);
  await new Visitor().consent(step.url, 'field@example.com', 'field');
  expect(await returned).toMatchObject({ way: 'browser' });
  // It listened for one answer.
  await expect(fetch(callback)).rejects.toThrow();
});

test('a name that leads to this device is not the address that was asked for', async () => {
  const port = await freePort();
  const listener = await listenForCallback(port, 'the-state', 60_000);
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const headers = { host: 'rebound.example' };
    ask({ host: '127.0.0.1', port, path: '/oauth/callback?code=c&state=the-state', headers }, (response) => resolve(response.statusCode))
      .on('error', reject)
      .end();
  });
  expect(status).toBe(404);
  listener.close();
  await expect(listener.code).rejects.toMatchObject({ code: 'cancelled' });
});

test('it does not wait for ever, and a port that is taken is said', async () => {
  const port = await freePort();
  const listener = await listenForCallback(port, 'state', 30);
  await expect(listenForCallback(port, 'other', 30)).rejects.toMatchObject({
    code: 'unsupported',
    message: expect.stringContaining(String(port)) as string,
  });
  await expect(listener.code).rejects.toMatchObject({ code: 'timeout' });
  (await listenForCallback(port, 'state', 30)).close();
});

test('who cancels, or begins again, frees the port; the one before waits no more', async () => {
  const device = await signingIn();
  const first = await begin(device);
  const left = waiting(device, first.ticket);
  const second = await begin(device);
  await expect(left).rejects.toMatchObject({ code: 'cancelled' });
  const leaving = new AbortController();
  const again = waiting(device, second.ticket, { signal: leaving.signal });
  leaving.abort();
  await expect(again).rejects.toMatchObject({ code: 'cancelled' });
  await expect(fetch(`http://127.0.0.1:${device.port}/oauth/callback`)).rejects.toThrow();
});

test('a code without its verifier, or of a client that the site does not know, brings nothing', async () => {
  const device = await signingIn();
  const step = await begin(device);
  const forged = new URL(step.url);
  forged.searchParams.set('code_challenge', 'A'.repeat(43));
  const returned = waiting(device, step.ticket);
  await new Visitor().consent(forged.href, 'field@example.com', 'field');
  await expect(returned).rejects.toMatchObject({ code: 'sign-in', details: { answer: 'invalid_grant' } });
  const unknown = await begin(device, 'nobody');
  const visitor = new Visitor();
  await visitor.open(`${device.url}/login?redirect-to=${encodeURIComponent(`${device.url}/app`)}`, {
    usr: 'field@example.com',
    pwd: 'field',
  });
  expect(await visitor.open(unknown.url)).toMatchObject({ status: 400 });
});

test('tokens are renewed before they end, once for all that ask at the same time, and the new pair is the one that is kept', async () => {
  const device = await signingIn();
  device.site.signedIn.oauth.expiresIn = 30;
  const account = await byBrowser(device);
  device.site.signedIn.oauth.expiresIn = 3600;
  const before = tokenRequests(device);
  await Promise.all(Array.from({ length: 8 }, () => ping(device, account)));
  expect(tokenRequests(device) - before).toBe(1);
  const [, second] = device.site.signedIn.oauth.pairs;
  expect(device.asked.at(-1)?.headers.get('authorization')).toBe(`Bearer ${second?.access}`);
  const again = await device.restart();
  await again.services.erp.ping({ account: account.id }, asking());
  expect(device.asked.at(-1)?.headers.get('authorization')).toBe(`Bearer ${second?.access}`);
});

test('a token that the site takes no more is renewed once, and what was asked is asked again', async () => {
  const device = await signingIn();
  const account = await byBrowser(device);
  for (const pair of device.site.signedIn.oauth.pairs) pair.ends = 0;
  const before = tokenRequests(device);
  const names = await Promise.all(
    ['One', 'Two', 'Three'].map(async (customer_name) => {
      const body = { customer_name, customer_type: 'Company' };
      return (await device.services.erp.create({ account: account.id, doctype: 'Customer', body }, asking())).doc.name;
    }),
  );
  expect(names).toEqual(['One', 'Two', 'Three']);
  expect(tokenRequests(device) - before).toBe(1);
  expect(device.site.documents('Customer').filter(({ name }) => names.includes(name))).toHaveLength(3);
});

test.each([
  ['403 PermissionError, as measured', null],
  ['417, as other versions', () => Response.json({ exc_type: 'ValidationError' }, { status: 417 })],
  ['400 invalid_grant', () => Response.json({ error: 'invalid_grant' }, { status: 400 })],
] as const)('a renewal that the site refuses with %s asks to sign in again', async (_name, answer) => {
  let refuses = false;
  const device = await signingIn({
    wrap: (next) => (request) =>
      refuses && answer !== null && request.url.endsWith('.get_token') ? Promise.resolve(answer()) : next(request),
  });
  const account = await byBrowser(device);
  for (const pair of device.site.signedIn.oauth.pairs) Object.assign(pair, { ends: 0, revoked: true });
  refuses = true;
  await expect(ping(device, account)).rejects.toMatchObject({ code: 'sign-in' });
  expect((await device.services.accounts.state({}, asking())).accounts[0]).toMatchObject({ refused: true, signedIn: true });
  refuses = false;
  expect(await byBrowser(device)).toMatchObject({ id: account.id, refused: false });
  await ping(device, account);
});

test.each([
  ['in maintenance', () => Response.json({ exc_type: 'SessionStopped' }, { status: 503 }), 'busy'],
  ['behind a page', () => new Response('<html>', { status: 502, headers: { 'content-type': 'text/html' } }), 'not-frappe'],
] as const)('a site that is %s has not refused to renew', async (_name, answer, code) => {
  let down = false;
  const device = await signingIn({
    wrap: (next) => (request) => (down && request.url.endsWith('.get_token') ? Promise.resolve(answer()) : next(request)),
  });
  const account = await byBrowser(device);
  for (const pair of device.site.signedIn.oauth.pairs) pair.ends = 0;
  down = true;
  await expect(ping(device, account)).rejects.toMatchObject({ code });
  expect((await device.services.accounts.state({}, asking())).accounts[0]?.refused).toBe(false);
  down = false;
  await ping(device, account);
});

test('a renewed pair that cannot be written is not used, not lost, and written before the next request', async () => {
  const device = await signingIn();
  const account = await byBrowser(device);
  for (const pair of device.site.signedIn.oauth.pairs) pair.ends = 0;
  device.encryptor.refuses = true;
  await expect(ping(device, account)).rejects.toMatchObject({ code: 'key-store' });
  const [, second] = device.site.signedIn.oauth.pairs;
  const used = () => device.asked.some(({ headers }) => headers.get('authorization') === `Bearer ${second?.access}`);
  expect([second === undefined, used()]).toEqual([false, false]);
  device.encryptor.refuses = false;
  await ping(device, account);
  expect(used()).toBe(true);
  expect(device.site.signedIn.oauth.pairs).toHaveLength(2);
  const again = await device.restart();
  await again.services.erp.ping({ account: account.id }, asking());
  expect(device.site.signedIn.oauth.pairs).toHaveLength(2);
});

test('signing out revokes the tokens on the site', async () => {
  const device = await signingIn();
  const account = await byBrowser(device);
  await device.services.accounts.signOut({ account: account.id }, asking());
  expect(device.site.signedIn.oauth.pairs.every(({ revoked }) => revoked)).toBe(true);
});

test('a renewal that ends after the person signed out brings nothing back', async () => {
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  let hold = false;
  const device = await signingIn({
    wrap: (next) => async (request) => {
      const response = await next(request);
      if (hold && request.url.endsWith('.get_token')) await held;
      return response;
    },
  });
  const account = await byBrowser(device);
  for (const pair of device.site.signedIn.oauth.pairs) pair.ends = 0;
  hold = true;
  const late = ping(device, account).catch((error: unknown) => error);
  await expect.poll(() => device.site.signedIn.oauth.pairs.length).toBe(2);
  await device.services.accounts.signOut({ account: account.id }, asking());
  release();
  expect(await late).toMatchObject({ name: 'AppError' });
  await expect.poll(() => device.site.signedIn.oauth.pairs.every(({ revoked }) => revoked)).toBe(true);
  const again = await device.restart();
  expect((await again.services.accounts.state({}, asking())).accounts[0]?.signedIn).toBe(false);
});
