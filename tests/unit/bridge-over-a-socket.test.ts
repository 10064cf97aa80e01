import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AppError } from '@shared/errors';
import { serveBridge } from '../../electron/bridge/serve';
import { Events } from '../../electron/events';
import type { Log } from '../../electron/log';
import { startHeadlessServer } from '../../electron/node-host/server';
import type { HeadlessServer } from '../../electron/node-host/server';
import { connectSocket } from '../../renderer/bridge/socket-connection';
import { browserAt, openLink } from '../support/browser-socket';
import { fakeServices } from '../support/fake-services';

const account = 'a'.repeat(32);
const file = 'b'.repeat(64);
const silent: Log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

let folder: string;
let server: HeadlessServer;
const events = new Events();
/** What the running calls of `erp.ping` saw. */
let pings: { signal: AbortSignal; answer: () => void }[];

const services = fakeServices({
  'app.environment': () => Promise.resolve({ host: 'headless', version: '1', platform: 'test', startInDemo: false }),
  'files.read': ({ length }: { length: number }) => Promise.resolve(new Uint8Array(length).fill(200)),
  'files.write': ({ bytes }: { bytes: Uint8Array }) =>
    bytes[0] === 7 ? Promise.resolve(null) : Promise.reject(new AppError('storage-full', 'The disk is full.', { status: 507 })),
  'erp.ping': (_params: unknown, { signal }) =>
    new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(new AppError('cancelled', 'Cancelled.')));
      pings.push({ signal, answer: () => resolve({ date: null }) });
    }),
});

const start = (port = 0) =>
  startHeadlessServer({
    port,
    rendererFolder: folder,
    downloads: { take: async () => null },
    serve: (channel) => serveBridge(services, channel, { events, log: silent }),
    log: silent,
  });

async function connect() {
  const origin = `http://127.0.0.1:${server.port}`;
  // Left in place: a page of an earlier test goes on looking for its host.
  Object.assign(globalThis, browserAt(origin, await openLink(server.newLink())));
  return connectSocket({ origin });
}

beforeEach(async () => {
  pings = [];
  folder = await mkdtemp(join(tmpdir(), 'fieldbook-socket-'));
  server = await start();
});

afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

test('a call is answered by the service of its name', async () => {
  const { bridge, link } = await connect();
  await expect(bridge.app.environment({})).resolves.toMatchObject({ host: 'headless', version: '1' });
  expect(link.state).toBe('open');
});

test('bytes cross as bytes, both ways', async () => {
  const { bridge } = await connect();
  const read = await bridge.files.read({ account, file, offset: 0, length: 300_000 });
  expect(read).toBeInstanceOf(Uint8Array);
  expect(read).toHaveLength(300_000);
  expect(read[299_999]).toBe(200);
  await expect(bridge.files.write({ handle: 'h', bytes: new Uint8Array([7, 8]) })).resolves.toBeNull();
});

test('an error crosses as data, with its code and details', async () => {
  const { bridge } = await connect();
  const failure = await bridge.files.write({ handle: 'h', bytes: new Uint8Array([1]) }).catch((thrown: unknown) => thrown);
  expect(failure).toBeInstanceOf(AppError);
  expect(failure).toMatchObject({ code: 'storage-full', message: 'The disk is full.', details: { status: 507 } });
});

test('parameters that do not fit the contract are refused on the main side', async () => {
  const { bridge } = await connect();
  await expect(bridge.files.read({ account: '../etc', file, offset: 0, length: 1 })).rejects.toMatchObject({ code: 'bad-parameters' });
});

test('a cancelled call is taken back on the main side', async () => {
  const { bridge } = await connect();
  const controller = new AbortController();
  const call = bridge.erp.ping({ account }, { signal: controller.signal });
  await vi.waitFor(() => expect(pings).toHaveLength(1));
  controller.abort();
  await expect(call).rejects.toMatchObject({ code: 'cancelled' });
  expect(pings[0]?.signal.aborted).toBe(true);
});

test('a call with a signal that is aborted already never leaves', async () => {
  const { bridge } = await connect();
  await expect(bridge.erp.ping({ account }, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'cancelled' });
  expect(pings).toHaveLength(0);
});

test('an event reaches who listens, until they stop', async () => {
  const { bridge, on } = await connect();
  await bridge.app.environment({});
  const heard: string[] = [];
  const stop = on('wake', ({ reason }) => heard.push(reason));
  events.emit('wake', { reason: 'resume' });
  await vi.waitFor(() => expect(heard).toEqual(['resume']));
  stop();
  events.emit('wake', { reason: 'resume' });
  await bridge.app.environment({});
  expect(heard).toEqual(['resume']);
});

test('when the host goes away, calls in flight are lost and new ones say that they never left', async () => {
  const { bridge, link } = await connect();
  const call = bridge.erp.ping({ account });
  const outcome = expect(call).rejects.toMatchObject({ code: 'lost' });
  await vi.waitFor(() => expect(pings).toHaveLength(1));
  await server.close();
  await outcome;
  expect(link.state).toBe('reconnecting');
  await expect(bridge.app.environment({})).rejects.toMatchObject({ code: 'offline' });
  await vi.waitFor(() => expect(pings[0]?.signal.aborted).toBe(true));
});

test('a host that was restarted refuses the browser until its new link is opened', async () => {
  const { link } = await connect();
  const { port } = server;
  await server.close();
  server = await start(port);
  await vi.waitFor(() => expect(link.state).toBe('refused'), { timeout: 10_000 });
});

test('a connection that broke mends itself and serves again', async () => {
  const { bridge, link } = await connect();
  const states: string[] = [];
  link.onChange((state) => states.push(state));
  server.dropConnections();
  await vi.waitFor(() => expect(states).toEqual(['reconnecting', 'open']), { timeout: 10_000 });
  await expect(bridge.app.environment({})).resolves.toMatchObject({ host: 'headless' });
});
