import { expect, test } from 'vitest';
import { listOutbox } from '../../renderer/cache/outbox';
import type { Fault, Schedule } from '../support/faults';
import { calm, once, times, together } from '../support/faults-schedule';
import { edit, goOffline, goOnline, syncedDevice } from '../support/synced-device';

test('a pause that the server asks for is counted, with when it began and how long it is', async () => {
  const { device, network, time } = await syncedDevice({ profile: ['Customer'] });
  expect(device.engine.state.pauses).toEqual({ count: 0, last: null });
  network.now = once({}, { kind: 'rate-limited', retryAfter: 120 });
  const at = time.now();
  device.engine.syncNow();
  await device.settle();
  const { count, last } = device.engine.state.pauses;
  expect({ count, asked: last?.asked, at: last?.at }).toEqual({ count: 1, asked: true, at });
  expect(last?.ms).toBeGreaterThanOrEqual(120_000);
  expect(device.engine.state.connectivity).toEqual({ kind: 'busy', until: at + (last?.ms ?? 0) });
});

test('a pause of which the server does not say how long it is, is told apart', async () => {
  const { device, network } = await syncedDevice({ profile: ['Customer'] });
  network.now = times(20, {}, { kind: 'maintenance' });
  device.engine.syncNow();
  await device.settle();
  expect(device.engine.state.pauses).toMatchObject({ count: 1, last: { asked: false } });
});

/** Two DocTypes are asked for at once, and each of the answers says something else. */
const both = (first: Fault, second: Fault): Schedule =>
  together(
    once({ path: '/api/resource/Customer' }, { kind: 'later', ms: 1_000, fault: first }),
    once({}, { kind: 'later', ms: 2_000, fault: second }),
  );

/** A device whose two DocTypes are answered so; later requests would be answered as they should. */
async function answered(first: Fault, second: Fault) {
  const synced = await syncedDevice({ profile: ['Customer', 'Item'] });
  const begunAt = synced.time.now();
  synced.network.now = both(first, second);
  synced.device.engine.syncNow();
  await synced.device.pass(2_000);
  synced.network.now = calm;
  return { ...synced, begunAt, asked: synced.requests.length };
}

test('a pause that the server asked for outlives signing in again', async () => {
  const { device, requests, begunAt, asked } = await answered({ kind: 'rate-limited', retryAfter: 120 }, { kind: 'unauthorized' });
  const pausedAt = begunAt + 1_000;
  expect(device.engine.state.connectivity).toEqual({ kind: 'sign-in' });

  device.engine.handle({ kind: 'signed-in' });
  await device.pass(117_000);
  expect(requests).toHaveLength(asked);
  expect(device.engine.state.connectivity).toMatchObject({ kind: 'busy' });
  await device.pass(60_000);
  expect(device.engine.state.connectivity).toEqual({ kind: 'online' });
  expect(device.engine.state.lastSync).toBeGreaterThanOrEqual(pausedAt + 120_000);
});

test('after a pause that is over by then, signing in again syncs at once', async () => {
  const { device, network, time } = await syncedDevice({ profile: ['Customer', 'Item'] });
  network.now = both({ kind: 'rate-limited', retryAfter: 120 }, { kind: 'unauthorized' });
  device.engine.syncNow();
  await device.pass(200_000);
  network.now = calm;
  device.engine.handle({ kind: 'signed-in' });
  await device.settle();
  expect(device.engine.state).toMatchObject({ connectivity: { kind: 'online' }, lastSync: time.now() });
});

test('a pause is not cut short by another answer that asks for a shorter one', async () => {
  const { device, requests, asked } = await answered({ kind: 'rate-limited', retryAfter: 300 }, { kind: 'rate-limited', retryAfter: 20 });
  await device.pass(297_000);
  expect(requests).toHaveLength(asked);
  await device.pass(60_000);
  expect(requests.length).toBeGreaterThan(asked);
});

test('where the credentials no longer serve, a pause of another answer does not hide that a person has to sign in', async () => {
  const { device, requests, asked } = await answered({ kind: 'unauthorized' }, { kind: 'rate-limited', retryAfter: 120 });
  expect(device.engine.state.connectivity).toEqual({ kind: 'sign-in' });
  device.engine.handle({ kind: 'signed-in' });
  await device.pass(117_000);
  expect(requests).toHaveLength(asked);
});

test('a pause is not ended by a look that began before it, and found nothing', async () => {
  const { device, network, requests } = await syncedDevice({ profile: ['Customer', 'Item'] });
  const ping = once({ path: '/api/method/ping' }, { kind: 'later', ms: 10_000, fault: { kind: 'offline' } });
  network.now = together(ping, both({ kind: 'offline' }, { kind: 'rate-limited', retryAfter: 120 }));
  device.engine.syncNow();
  await device.pass(15_000);
  expect(device.engine.state.connectivity).toMatchObject({ kind: 'busy' });
  network.now = calm;
  const asked = requests.length;
  await device.pass(100_000);
  expect(requests).toHaveLength(asked);
});

/** A proxy answers in the site's place, with a page that says for how many seconds. */
const proxyPage = (status: number, retryAfter: number): Fault => ({
  kind: 'between',
  answer: async () =>
    new Response('<h1>Back soon</h1>', { status, headers: { 'content-type': 'text/html', 'retry-after': String(retryAfter) } }),
});

test('a page of a proxy with 503 and Retry-After pauses everything for that time, and what it answered is looked for', async () => {
  const { site, device, network, requests, time } = await syncedDevice({ profile: ['Customer'], random: () => 0.99 });
  const name = site.documents('Customer')[0]?.name ?? '';
  goOffline(device);
  await edit(device, 'Customer', name, { website: 'mine.example' });
  network.now = once({ method: 'PUT' }, proxyPage(503, 120));
  const at = time.now();
  await goOnline(device, 1_000);
  const asked = requests.length;
  expect(device.engine.state).toMatchObject({ connectivity: { kind: 'busy' }, pauses: { last: { asked: true } } });
  expect(await listOutbox(device.cache)).toMatchObject([{ state: { at: 'uncertain' }, lastError: { code: 'busy' } }]);
  await device.pass(118_000);
  expect(requests).toHaveLength(asked);
  await device.pass(60_000);
  expect(await listOutbox(device.cache)).toEqual([]);
  expect(device.engine.state.lastContact).toBeGreaterThanOrEqual(at + 120_000);
  expect(site.document('Customer', name)?.['website']).toBe('mine.example');
});

test.each([502, 503])('a ping that is answered with %i and Retry-After is not repeated before that', async (status) => {
  const { device, network, requests } = await syncedDevice({ profile: ['Customer'], random: () => 0.99 });
  network.now = together(times(3, { path: '/api/resource' }, { kind: 'drop-request' }), times(99, {}, proxyPage(status, 600)));
  device.engine.syncNow();
  await device.settle();
  const asked = requests.length;
  expect(device.engine.state.connectivity.kind).toBe(status === 503 ? 'busy' : 'offline');
  await device.pass(300_000);
  // Neither a device that wakes, nor a person who was offline by choice for a while, makes the server ready sooner.
  device.engine.handle({ kind: 'wake' });
  device.engine.handle({ kind: 'work-offline', on: true });
  device.engine.handle({ kind: 'work-offline', on: false });
  await device.pass(299_000);
  expect(requests).toHaveLength(asked);
  network.now = calm;
  await device.pass(120_000);
  expect(device.engine.state.connectivity).toEqual({ kind: 'online' });
});

test('a pause that one answer asks for holds the requests back that wait for their turn by then', async () => {
  const { device, network, requests } = await syncedDevice({ profile: ['Customer', 'Item', 'Supplier', 'Sales Order', 'Territory'] });
  network.now = () => ({ kind: 'rate-limited', retryAfter: 60 });
  const asked = requests.length;
  device.engine.syncNow();
  await device.settle();
  // Three go at once.
  expect(requests.length - asked).toBeLessThanOrEqual(3);
  expect(device.engine.state.pauses.count).toBeLessThanOrEqual(3);
});

test('a device that hears that its network is back looks within seconds, not all devices in one moment; a person who asks, at once', async () => {
  const { device, network, requests, time } = await syncedDevice({ profile: ['Customer'], random: () => 0.9 });
  network.now = () => ({ kind: 'offline' });
  device.engine.syncNow();
  await device.pass(10 * 60_000);
  network.now = calm;
  const asked = requests.length;
  device.engine.handle({ kind: 'wake' });
  await device.settle();
  expect(requests).toHaveLength(asked);
  expect(device.engine.state.connectivity).toMatchObject({ kind: 'offline', nextTryAt: time.now() + 13_500 });
  await device.pass(13_600);
  expect(device.engine.state.connectivity).toEqual({ kind: 'online' });

  network.now = () => ({ kind: 'offline' });
  device.engine.syncNow();
  await device.pass(10 * 60_000);
  network.now = calm;
  device.engine.handle({ kind: 'wake' });
  device.engine.handle({ kind: 'focus' });
  await device.settle();
  expect(device.engine.state.connectivity).toEqual({ kind: 'online' });
});
