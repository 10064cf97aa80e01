import { mkdir, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { expect, it, onTestFinished } from 'vitest';
import { startHeadlessServer } from '../../electron/node-host/server';
import { rememberingLog } from '../support/quiet-log';
import { temporaryFolder } from '../support/temporary-folder';

const secret = 'what no page may read';

/** A headless host that listens, with a file beside its pages, and the cookie of whoever opened its link. */
async function openHost() {
  const folder = await temporaryFolder();
  const pages = join(folder, 'pages');
  await mkdir(join(pages, 'assets'), { recursive: true });
  await writeFile(join(pages, 'index.html'), '<title>the app</title>');
  await writeFile(join(pages, 'assets', 'a.js'), 'the script');
  await writeFile(join(pages, 'private.js'), secret);
  await writeFile(join(folder, 'data-key.json'), secret);
  await writeFile(join(folder, 'data-key.js'), secret);
  let opened = 0;
  const server = await startHeadlessServer({
    ...{ port: 0, rendererFolder: pages, log: rememberingLog() },
    downloads: { take: async () => null },
    serve: () => {
      opened += 1;
      return { close: () => undefined };
    },
  });
  onTestFinished(server.close);
  const own = `127.0.0.1:${server.port}`;
  return { server, own, origin: `http://${own}`, opened: () => opened };
}

type Asked = { method?: string; headers?: Record<string, string | string[]> };
type Answer = { status: number; body: string; cookie: string[] };

/** One request whose path and headers arrive as they are written: nothing is tidied on the way. */
function ask(own: string, path: string, { method = 'GET', headers = {} }: Asked = {}): Promise<Answer> {
  const [host, port] = own.split(':');
  return new Promise((resolve, reject) => {
    const asked = request({ host, port, path, method, headers: { host: own, ...headers } }, (response) => {
      let body = '';
      response.on('data', (text) => (body += String(text)));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body, cookie: response.headers['set-cookie'] ?? [] }));
    });
    asked.on('error', reject).end();
  });
}

async function admitted(own: string, link: string): Promise<string> {
  const { cookie } = await ask(own, link.slice(link.indexOf('/open')));
  return (cookie[0] ?? '').split(';')[0] ?? '';
}

/** The word `open`, or how the socket was refused. */
async function socket(own: string, headers: Record<string, string>, path = '/bridge'): Promise<string> {
  const made = new WebSocket(`ws://${own}${path}`, { headers });
  const outcome = await new Promise<string>((resolve) => {
    made.on('open', () => resolve('open'));
    made.on('error', (error) => resolve(error.message));
  });
  made.terminate();
  return outcome;
}

it('a name that was made to lead here (DNS rebinding) opens nothing, however it is written', async () => {
  const { server, own, origin, opened } = await openHost();
  const cookie = await admitted(own, server.newLink());
  const { port } = server;
  const names = [
    'evil.example',
    `evil.example:${port}`,
    `localhost:${port}`,
    `127.0.0.1.nip.io:${port}`,
    `127.0.0.1`,
    `127.0.0.1:${port + 1}`,
  ];
  const spellings = [
    `[::1]:${port}`,
    `127.0.0.1.:${port}`,
    `0.0.0.0:${port}`,
    `127.1:${port}`,
    `2130706433:${port}`,
    `${own}.evil.example`,
    `evil@${own}`,
  ];
  for (const host of [...names, ...spellings]) {
    const { status, body } = await ask(own, '/', { headers: { host, cookie } });
    // 400: what is no host's name at all.
    expect([host, status === 403 || status === 400, body.includes('the app')]).toEqual([host, true, false]);
    expect([host, await socket(own, { host, cookie, origin })]).toEqual([host, expect.stringContaining('403')]);
    expect([host, await socket(own, { host, cookie, origin: `http://${host}` })]).toEqual([host, expect.stringContaining('403')]);
  }
  expect(opened()).toBe(0);
  expect((await ask(own, '/', { headers: { cookie } })).body).toContain('the app');
});

it('a request without a Host, or with two, opens nothing', async () => {
  const { server, own } = await openHost();
  const cookie = await admitted(own, server.newLink());
  const answers = await Promise.all(
    [`GET / HTTP/1.0\r\n`, `GET / HTTP/1.1\r\n`, `GET / HTTP/1.1\r\nHost: evil.example\r\nHost: ${own}\r\n`].map(async (head) => {
      const raw = connect(server.port, '127.0.0.1');
      raw.end(`${head}Cookie: ${cookie}\r\nConnection: close\r\n\r\n`);
      let text = '';
      for await (const part of raw) text += String(part);
      return text;
    }),
  );
  for (const answer of answers) {
    expect(answer).toMatch(/^HTTP\/1\.1 40[03] /);
    expect(answer).not.toContain('the app');
  }
});

it('another site’s page changes and reads nothing, though the browser sends the cookie along (CSRF)', async () => {
  const { server, own, origin } = await openHost();
  const cookie = await admitted(own, server.newLink());
  for (const foreign of [
    'https://evil.example',
    'null',
    `http://localhost:${server.port}`,
    `https://${own}`,
    `${origin}.evil.example`,
    `${origin}/`,
    '',
  ]) {
    for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS']) {
      const { status, body } = await ask(own, '/session', { method, headers: { cookie, origin: foreign } });
      expect([foreign, method, status]).toEqual([foreign, method, 403]);
      expect(body).not.toContain('the app');
    }
    expect([foreign, await socket(own, { cookie, origin: foreign })]).toEqual([foreign, expect.stringContaining('403')]);
  }
  // A form says no origin in some old browsers; nothing here answers it.
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE']) {
    expect([method, (await ask(own, '/', { method, headers: { cookie } })).status]).toEqual([method, 405]);
  }
});

it('a WebSocket opens for the app’s own page with its cookie, at its own path, and for nothing else', async () => {
  const { server, own, origin, opened } = await openHost();
  const cookie = await admitted(own, server.newLink());
  const [name = '', value = ''] = cookie.split('=');
  const other = `fieldbook-${server.port + 1}=${value}`;
  for (const headers of [
    { origin },
    { cookie },
    { origin, cookie: `${name}=` },
    { origin, cookie: `${name}=${value.slice(0, -1)}` },
    { origin, cookie: other },
  ]) {
    expect(await socket(own, headers as Record<string, string>)).toContain('403');
  }
  for (const path of ['/', '/bridge/', '/bridge?a=1', '/BRIDGE', '//bridge']) {
    expect([path, await socket(own, { origin, cookie }, path)]).toEqual([path, expect.stringContaining('403')]);
  }
  expect(opened()).toBe(0);
  expect(await socket(own, { origin, cookie })).toBe('open');
});

it('no path leads out of the built pages', async () => {
  const { server, own } = await openHost();
  const headers = { cookie: await admitted(own, server.newLink()) };
  const climbs = [
    '..',
    '%2e%2e',
    '..%2f',
    '%2e%2e%2f',
    '..%5c',
    '..\\',
    '%252e%252e%252f',
    '....//',
    '.%2e',
    '%c0%ae%c0%ae/',
    '..;/',
    '..%00',
  ];
  for (const climb of climbs) {
    for (const rest of ['/private.js', '/../data-key.js', '/../data-key.json', '/../../etc/passwd']) {
      const { status, body } = await ask(own, `/assets/${climb}${rest}`, { headers });
      expect([climb + rest, body.includes(secret) || body.includes('root:'), status < 500]).toEqual([climb + rest, false, true]);
    }
  }
  for (const path of [
    '/private.js',
    '//etc/passwd',
    '/assets//etc/passwd',
    '/assets/',
    '/assets',
    '/assets/a.js/',
    '/assets/%00a.js',
    '/%2e%2e/data-key.js',
  ]) {
    const { status, body } = await ask(own, path, { headers });
    expect([path, body.includes(secret), status < 500]).toEqual([path, false, true]);
  }
  // What is looked for can be found.
  expect((await ask(own, '/assets/a.js', { headers })).body).toBe('the script');
});

it('a token has 256 random bits, opens once, and no guess at it opens anything or spends it', async () => {
  const { server, own } = await openHost();
  const tokens = Array.from({ length: 50 }, () => new URL(server.newLink()).searchParams.get('token') ?? '');
  expect(new Set(tokens).size).toBe(50);
  for (const token of tokens) expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  const [token = ''] = tokens;
  const near = Array.from(token, (_, at) => token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1));
  const guesses = [
    '',
    token.slice(1),
    `${token}A`,
    token.toLowerCase(),
    `${token} `,
    '__proto__',
    'undefined',
    ...near,
    ...near.map(() => 'A'.repeat(43)),
  ];
  for (const guess of guesses) {
    const { status, cookie } = await ask(own, `/open?token=${encodeURIComponent(guess)}`);
    expect([guess, status, cookie]).toEqual([guess, 403, []]);
  }
  expect((await ask(own, `/open?token=wrong&token=${token}`)).status).toBe(403);
  const first = await ask(own, `/open?token=${token}`);
  expect(first.status).toBe(200);
  expect(first.cookie).toEqual([expect.stringMatching(/^fieldbook-\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/)]);
  expect(await ask(own, `/open?token=${token}`)).toMatchObject({ status: 403, cookie: [] });
  // The link's token is no cookie, and a cookie no token.
  const value = (first.cookie[0] ?? '').split(';')[0]?.split('=')[1] ?? '';
  expect(value).not.toBe(token);
  expect((await ask(own, `/open?token=${value}`)).status).toBe(403);
  expect((await ask(own, '/', { headers: { cookie: `fieldbook-${server.port}=${token}` } })).status).toBe(403);
});

it('every answer says that no other page may frame it, read it or guess its type', async () => {
  const { server, own } = await openHost();
  const cookie = await admitted(own, server.newLink());
  for (const [path, headers] of [
    ['/', { cookie }],
    ['/assets/a.js', { cookie }],
    ['/', {}],
  ] as const) {
    const answer = await fetch(`http://${own}${path}`, { headers });
    expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(answer.headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  }
});
