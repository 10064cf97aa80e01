import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { AppError } from '@shared/errors';
import { probeSite } from '../../electron/accounts/probe';
import { networkFailure } from '../../electron/erp/network-failure';
import { selfSigned } from '../support/self-signed';
import { json, scriptedServer } from '../support/scripted-server';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

async function failureOf(url: string): Promise<AppError> {
  const thrown: unknown = await fetch(url).then(
    () => null,
    (error: unknown) => error,
  );
  return networkFailure(thrown, 'GET /');
}

/** An address where nothing listens any more. */
async function closedPort(): Promise<string> {
  const server = await scriptedServer(() => undefined);
  await server.close();
  return server.url;
}

async function secureSite(): Promise<string> {
  const server = createSecureServer(selfSigned, (_request, response) => response.end('{"message":"pong"}'));
  open.push({ close: () => (server.closeAllConnections(), server.close()) });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const probe = (address: string): Promise<unknown> =>
  probeSite(fetch, address, new AbortController().signal).catch((thrown: unknown) => thrown);

describe('network failures', () => {
  it('tell a certificate nobody trusts from a server that is not there', async () => {
    const certificate = await failureOf(await secureSite());
    expect(certificate).toMatchObject({ code: 'offline', details: { answer: 'DEPTH_ZERO_SELF_SIGNED_CERT' } });
    expect(certificate.message).toContain('certificate');
    expect((await failureOf(await closedPort())).message).toContain('could not be reached');
  });

  it('say so where https is spoken to a port that has none', async () => {
    const plain = await scriptedServer((_received, response) => json(response, {}));
    open.push(plain);
    const failure = await failureOf(plain.url.replace('http:', 'https:'));
    expect(failure.code).toBe('offline');
    expect(failure.message).toContain('does not speak https');
  });

  it.each([
    ['net::ERR_INTERNET_DISCONNECTED', 'offline'],
    ['net::ERR_NAME_NOT_RESOLVED', 'offline'],
    ['net::ERR_CONNECTION_REFUSED', 'offline'],
    ['net::ERR_CERT_AUTHORITY_INVALID', 'offline'],
    ['net::ERR_CONNECTION_RESET', 'lost'],
    ['net::ERR_EMPTY_RESPONSE', 'lost'],
    ['net::ERR_NETWORK_CHANGED', 'lost'],
    ['Redirect was cancelled', 'lost'],
  ] as const)('take Chromium’s %s for %s', (message, code) => {
    expect(networkFailure(new Error(message), 'POST /').code).toBe(code);
  });

  it('count a broken read as lost, also with a code that can mean no connection', () => {
    const broken = Object.assign(new Error('read ETIMEDOUT'), { code: 'ETIMEDOUT', syscall: 'read' });
    expect(networkFailure(new TypeError('fetch failed', { cause: broken }), 'POST /').code).toBe('lost');
    const never = Object.assign(new Error('connect ETIMEDOUT'), { code: 'ETIMEDOUT', syscall: 'connect' });
    expect(networkFailure(new TypeError('fetch failed', { cause: never }), 'POST /').code).toBe('offline');
    const one = new AggregateError([never, broken]);
    expect(networkFailure(new TypeError('fetch failed', { cause: one }), 'POST /').code).toBe('lost');
    expect(networkFailure('anything', 'POST /').code).toBe('lost');
  });
});

describe('probing an address', () => {
  it('does not fall back to http from a certificate that nobody trusts', async () => {
    const site = await secureSite();
    expect(await probe(site.replace('https://', ''))).toMatchObject({
      code: 'offline',
      details: { answer: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
    });
  });

  it('finds http on a local network without a scheme, and says that it is not encrypted', async () => {
    const plain = await scriptedServer((_received, response) =>
      json(response, { message: 'pong' }, 200, { Date: 'Mon, 23 Nov 2026 03:00:00 GMT' }),
    );
    open.push(plain);
    expect(await probe(`${plain.url.replace('http://', '')}/app/customer`)).toEqual({
      siteUrl: plain.url,
      plainHttp: true,
      serverDate: 'Mon, 23 Nov 2026 03:00:00 GMT',
    });
  });

  it('tells maintenance from no site', async () => {
    const stopped = await scriptedServer((_received, response) => json(response, { exc_type: 'SessionStopped' }, 503));
    open.push(stopped);
    expect(await probe(stopped.url)).toMatchObject({ code: 'busy' });
    expect(await probe(await closedPort())).toMatchObject({ code: 'offline' });
    expect(await probe('not an address')).toBeInstanceOf(AppError);
  });
});
