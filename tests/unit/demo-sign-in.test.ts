import { expect, test } from 'vitest';
import { createDemoSite } from '../../electron/demo/site';

const origin = 'http://demo.test';

function demo() {
  let now = Date.UTC(2026, 5, 1, 10);
  const site = createDemoSite({ now: () => now, scale: 5 });
  const send = async (path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const json = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const response = await site.fetch(new Request(origin + path, { ...json, headers: { 'content-type': 'application/json', ...headers } }));
    const text = await response.text();
    const told = text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {};
    const sid =
      response.headers
        .getSetCookie()
        .find((one) => one.startsWith('sid='))
        ?.split(';')[0] ?? '';
    return { status: response.status, body: told, text, sid, location: response.headers.get('location') };
  };
  const login = (user = 'field@example.com', pwd = 'field') => send('/api/method/login', { usr: user, pwd });
  return { site, send, login, later: (ms: number) => void (now += ms) };
}

test('a dead session is a guest’s: refusals and what guests may ask carry the mark, a private file is plainly refused', async () => {
  const { site, send, login } = demo();
  const { sid } = await login();
  site.endSessions();
  const ask = (path: string) => send(path, undefined, { cookie: sid });
  expect(await ask('/api/resource/Customer')).toMatchObject({ status: 403, body: { session_expired: 1 }, sid: 'sid=Guest' });
  expect(await ask('/api/method/ping')).toMatchObject({ status: 200, body: { message: 'pong', session_expired: 1 } });
  expect(await ask('/private/files/a.pdf')).toMatchObject({ status: 403, body: {} });
});

test('a session ends after seven idle days, and each request renews it', async () => {
  const { send, login, later } = demo();
  const { sid } = await login();
  const ask = () => send('/api/method/frappe.auth.get_logged_user', undefined, { cookie: sid });
  later(6 * 24 * 3600_000);
  expect((await ask()).status).toBe(200);
  later(6 * 24 * 3600_000);
  expect((await ask()).status).toBe(200);
  later(7 * 24 * 3600_000);
  expect((await ask()).body).toMatchObject({ session_expired: 1 });
});

test('a session writes without a token until a page of it was made, and reads always', async () => {
  const { send, login } = demo();
  const { sid } = await login();
  const create = (name: string, headers: Record<string, string> = {}) =>
    send('/api/resource/Customer', { customer_name: name, customer_type: 'Company' }, { cookie: sid, ...headers });
  expect((await create('First')).status).toBe(200);
  const token = /csrf_token = "(\w+)"/.exec((await send('/app', undefined, { cookie: sid })).text)?.[1] ?? '';
  expect(await create('Second')).toMatchObject({ status: 400, body: { exc_type: 'CSRFTokenError' } });
  expect((await create('Second', { 'X-Frappe-CSRF-Token': token })).status).toBe(200);
  expect((await send('/api/resource/Customer', undefined, { cookie: sid })).status).toBe(200);
  expect((await send('/app')).location).toContain('/login?redirect-to=');
});

test('one person of the demo has a second factor; a session begins with the code alone, and the code serves once', async () => {
  const { send, login } = demo();
  const asked = await login('readonly@example.com', 'reader');
  expect(asked).toMatchObject({ status: 200, sid: '', body: { verification: { method: 'OTP App', setup: true } } });
  const code = (otp: string) => send('/api/method/login', { otp, tmp_id: asked.body['tmp_id'] });
  expect(await code('654321')).toMatchObject({ status: 401, body: { message: 'Incorrect Verification code' } });
  expect(await code('123456')).toMatchObject({
    status: 200,
    body: { message: 'Logged In' },
    sid: expect.stringMatching(/^sid=\w{40}$/) as string,
  });
  expect(await code('123456')).toMatchObject({ status: 401, body: { message: 'Incomplete login details' } });
});

test('logout ends the session', async () => {
  const { send, login } = demo();
  const { sid } = await login();
  expect(await send('/api/method/logout', {}, { cookie: sid })).toMatchObject({ status: 200, sid: 'sid=Guest' });
  expect((await send('/api/method/ping', undefined, { cookie: sid })).body).toMatchObject({ session_expired: 1 });
});

test('the site tells where its OAuth is by a redirect; a bad bearer is 401, a bad refresh token 403', async () => {
  const { send } = demo();
  expect(await send('/.well-known/openid-configuration')).toMatchObject({
    status: 301,
    location: expect.stringContaining('openid_configuration') as string,
  });
  const token = 'frappe.integrations.oauth2.get_token';
  expect((await send('/api/method/ping', undefined, { authorization: 'Bearer nothing' })).status).toBe(401);
  const bad = { grant_type: 'refresh_token', refresh_token: 'nothing', client_id: 'fieldbook-demo' };
  expect(await send(`/api/method/${token}`, bad)).toMatchObject({ status: 403, body: { exc_type: 'PermissionError' } });
});

test('a redirect address that is not the registered one to the letter is refused', async () => {
  const { send, login } = demo();
  const { sid } = await login();
  const ask = (redirect: string) =>
    send(
      `/api/method/frappe.integrations.oauth2.authorize?${new URLSearchParams({ client_id: 'fieldbook-demo', redirect_uri: redirect, response_type: 'code', scope: 'all' }).toString()}`,
      undefined,
      { cookie: sid },
    );
  expect((await ask('http://127.0.0.1:47801/oauth/callback')).text).toContain('Confirm Access');
  for (const other of [
    'http://127.0.0.1:47801/oauth/callback/',
    'http://localhost:47801/oauth/callback',
    'http://127.0.0.1:47802/oauth/callback',
  ])
    expect((await ask(other)).status).toBe(400);
});
