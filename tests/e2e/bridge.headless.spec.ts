import { once } from 'node:events';
import { request } from 'node:http';
import { join } from 'node:path';
import { encode } from '@msgpack/msgpack';
import { WebSocket } from 'ws';
import { openLink } from '../support/browser-socket';
import { expect, test as base } from '../support/app';
import { startHeadlessHost } from '../support/headless-app';
import type { HeadlessHost } from '../support/headless-app';

/** A headless host without a browser. */
const test = base.extend<{ host: HeadlessHost }>({
  host: async ({ folder }, use) => {
    const host = await startHeadlessHost({ dataFolder: join(folder, 'data'), flags: [] });
    await use(host);
    await host.stop();
  },
});

const addressOf = ({ port }: HeadlessHost) => `http://127.0.0.1:${port}`;

/** The status of a GET with any headers, also those that `fetch` does not let through. */
function statusOf(host: HeadlessHost, path: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: host.port, path, headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

/** The word `open`, or the status with which the socket was refused. */
async function openSocket(host: HeadlessHost, headers: Record<string, string>): Promise<string> {
  const socket = new WebSocket(`ws://127.0.0.1:${host.port}/bridge`, { headers });
  const refused = once(socket, 'error').then(([error]: unknown[]) => String(error));
  const opened = once(socket, 'open').then(() => 'open');
  const outcome = await Promise.race([opened, refused]);
  socket.terminate();
  return outcome;
}

test('a link opens the app once; its cookie is HttpOnly and SameSite=Strict', async ({ host }) => {
  const first = await fetch(host.link);
  expect(first.status).toBe(200);
  expect(first.headers.get('set-cookie')).toMatch(/^fieldbook-\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
  const second = await fetch(host.link);
  expect(second.status).toBe(403);
  expect(second.headers.get('set-cookie')).toBeNull();
});

test('a guessed token opens nothing', async ({ host }) => {
  const guess = await fetch(`${addressOf(host)}/open?token=${'A'.repeat(43)}`);
  expect(guess.status).toBe(403);
  expect(guess.headers.get('set-cookie')).toBeNull();
});

test('nothing is served without the cookie', async ({ host }) => {
  for (const path of ['/', '/assets/none.js', '/session', '/anything']) expect((await fetch(addressOf(host) + path)).status).toBe(403);
  expect(await openSocket(host, { origin: addressOf(host) })).toContain('403');
});

test('with the cookie the page and the bridge open', async ({ host }) => {
  const cookie = await openLink(host.link);
  expect(await statusOf(host, '/', { cookie })).toBe(200);
  expect(await openSocket(host, { cookie, origin: addressOf(host) })).toBe('open');
});

test('a foreign name for this address is refused, cookie or not', async ({ host }) => {
  const cookie = await openLink(host.link);
  for (const name of ['fieldbook.example', `localhost:${host.port}`, '127.0.0.1', `127.0.0.1.example:${host.port}`]) {
    expect(await statusOf(host, '/', { cookie, host: name })).toBe(403);
    expect(await openSocket(host, { cookie, origin: addressOf(host), host: name })).toContain('403');
  }
});

test('a foreign page is refused, cookie or not', async ({ host }) => {
  const cookie = await openLink(host.link);
  for (const origin of ['https://example.com', 'null', `http://127.0.0.1:${host.port + 1}`, `https://127.0.0.1:${host.port}`]) {
    expect(await statusOf(host, '/', { cookie, origin })).toBe(403);
    expect(await openSocket(host, { cookie, origin })).toContain('403');
  }
  expect(await openSocket(host, { cookie })).toContain('403');
});

test('the host answers on 127.0.0.1 alone', async ({ host }) => {
  await expect(fetch(`http://127.0.0.2:${host.port}/`)).rejects.toThrow();
  await expect(fetch(`http://[::1]:${host.port}/`)).rejects.toThrow();
});

test('a second host at a taken port says so and ends', async ({ host, folder }) => {
  const second = startHeadlessHost({ dataFolder: join(folder, 'second'), flags: [] }, host.port);
  await expect(second).rejects.toThrow(`Fieldbook could not start: Port ${host.port} is taken. Is Fieldbook running already?`);
  expect((await fetch(host.link)).status).toBe(200);
});

test('a connection that sends anything but messages of the bridge is closed', async ({ host }) => {
  const headers = { cookie: await openLink(host.link), origin: addressOf(host) };
  for (const garbage of ['text', Buffer.from([0xc1]), encode(null), encode(7)]) {
    const socket = new WebSocket(`ws://127.0.0.1:${host.port}/bridge`, { headers });
    await once(socket, 'open');
    socket.send(garbage);
    const [code]: unknown[] = await once(socket, 'close');
    expect(code).toBe(1003);
  }
});

test('a message that is no call of the contract does not end the host', async ({ host }) => {
  const headers = { cookie: await openLink(host.link), origin: addressOf(host) };
  const socket = new WebSocket(`ws://127.0.0.1:${host.port}/bridge`, { headers });
  await once(socket, 'open');
  for (const message of [[], {}, { t: 'q', m: 'toString', i: '1', a: [] }, { t: 'q', m: 'call', i: '2', a: [{}, 3] }]) {
    socket.send(encode(message));
  }
  socket.send(encode({ t: 'q', m: 'nothing', i: 'last', a: [] }));
  await once(socket, 'message');
  socket.terminate();
  expect(await openSocket(host, headers)).toBe('open');
});

test('the app stays open through a reload', async ({ page }) => {
  await page.reload();
  await expect(page).toHaveTitle(/Fieldbook/);
  expect(new URL(page.url()).search).toBe('');
});
