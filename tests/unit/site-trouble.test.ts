import { createServer } from 'node:https';
import { createServer as createPlain } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { AppError, type SiteTrouble } from '@shared/errors';
import { probeSite } from '../../electron/accounts/probe';
import { signIn } from '../../renderer/messages/sign-in';
import { freePort } from '../support/free-port';
import { html, json, scriptedServer, type Handler } from '../support/scripted-server';
import { selfSigned } from '../support/self-signed';

const look = (address: string, by: typeof fetch = fetch): Promise<AppError> =>
  probeSite(by, address, new AbortController().signal).then(
    () => Promise.reject(new Error('a site was found')),
    (error: unknown) => AppError.from(error),
  );

async function answering(handler: Handler): Promise<string> {
  const server = await scriptedServer(handler);
  onTestFinished(server.close);
  return server.url;
}

/** Chromium's and Node's failures, as the two hosts' `fetch` gives them. */
const chromium = (code: string) => () => Promise.reject(new Error(`net::${code}`));
const node = (code: string) => () => Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) }));

test.each<[SiteTrouble, string]>([
  ['no-network', 'ERR_INTERNET_DISCONNECTED'],
  ['name', 'ERR_NAME_NOT_RESOLVED'],
  ['port', 'ERR_CONNECTION_REFUSED'],
  ['unreachable', 'ERR_CONNECTION_TIMED_OUT'],
  ['certificate-date', 'ERR_CERT_DATE_INVALID'],
  ['certificate-host', 'ERR_CERT_COMMON_NAME_INVALID'],
  ['certificate-issuer', 'ERR_CERT_AUTHORITY_INVALID'],
  ['certificate', 'ERR_CERT_REVOKED'],
  ['no-tls', 'ERR_SSL_PROTOCOL_ERROR'],
  ['proxy', 'ERR_PROXY_CONNECTION_FAILED'],
  ['proxy', 'ERR_TUNNEL_CONNECTION_FAILED'],
])('in Electron %s is told by %s', async (trouble, code) => {
  expect((await look('https://erp.example.com', chromium(code))).details.trouble).toBe(trouble);
});

test.each<[SiteTrouble, string]>([
  ['no-network', 'EAI_AGAIN'],
  ['name', 'ENOTFOUND'],
  ['port', 'ECONNREFUSED'],
  ['unreachable', 'EHOSTUNREACH'],
  ['certificate-date', 'CERT_HAS_EXPIRED'],
  ['certificate-host', 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ['certificate-issuer', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'],
  ['certificate', 'CERT_REVOKED'],
])('in Node %s is told by %s', async (trouble, code) => {
  expect((await look('https://erp.example.com', node(code))).details.trouble).toBe(trouble);
});

test('a port at which nothing listens', async () => {
  expect(await look(`127.0.0.1:${await freePort()}`)).toMatchObject({ code: 'offline', details: { trouble: 'port' } });
});

test('a certificate that nobody signed but itself, and none at all', async () => {
  const secure = createServer(selfSigned);
  await new Promise<void>((resolve) => secure.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void secure.close());
  const port = (secure.address() as AddressInfo).port;
  expect((await look(`https://127.0.0.1:${port}`)).details).toMatchObject({
    trouble: 'certificate-issuer',
    answer: 'DEPTH_ZERO_SELF_SIGNED_CERT',
  });
  const plain = createPlain();
  await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void plain.close());
  expect((await look(`https://127.0.0.1:${(plain.address() as AddressInfo).port}`)).details.trouble).toBe('no-tls');
});

test('the sign-in page of a network: by its status, or since it is at another host', async () => {
  const portal = await answering((_received, response) => html(response, '<h1>Welcome to the hotel</h1>'));
  const elsewhere = portal.replace('127.0.0.1', 'localhost');
  const site = await answering((_received, response) => void response.writeHead(302, { Location: `${elsewhere}/welcome` }).end());
  expect(await look(site)).toMatchObject({ code: 'not-frappe', details: { trouble: 'portal' } });
  const named = await answering((_received, response) => html(response, '<h1>Sign in</h1>', 511));
  expect((await look(named)).details.trouble).toBe('portal');
});

test('a website, JSON of something else, a proxy that asks for a sign-in, and a site in maintenance', async () => {
  expect((await look(await answering((_received, response) => html(response, '<h1>My router</h1>')))).details.trouble).toBe('not-frappe');
  expect((await look(await answering((_received, response) => json(response, { message: 'hello' })))).details.trouble).toBe('not-frappe');
  const proxy = () => Promise.resolve(new Response('', { status: 407 }));
  expect((await look('http://erp.example.com:8000', proxy)).details).toMatchObject({ trouble: 'proxy', status: 407 });
  const stopped = await answering((_received, response) => json(response, { exc_type: 'SessionStopped' }, 503));
  expect(await look(stopped)).toMatchObject({ code: 'busy', details: { trouble: 'maintenance' } });
});

test('of several addresses that were tried, the one that answered says what is wrong', async () => {
  const site = await answering((_received, response) => html(response, '<h1>My router</h1>'));
  expect((await look(site.replace('http://', ''))).details.trouble).toBe('not-frappe');
});

test('each trouble has a next step', () => {
  const troubles: Record<SiteTrouble, string> = signIn.trouble;
  expect(Object.values(troubles).every((step) => step.length > 10)).toBe(true);
});
