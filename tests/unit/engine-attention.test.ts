import { expect, onTestFinished, test } from 'vitest';
import { watchAttention } from '../../renderer/sync/attention';
import { syncedDevice } from '../support/synced-device';

/** A window in front of a device that is up to date; `visible` is what its page says of itself. */
async function seat() {
  const synced = await syncedDevice({ profile: ['Customer'], random: () => 0.99 });
  const { device, requests } = synced;
  await device.pass(100);
  const [window, document] = [new EventTarget(), Object.assign(new EventTarget(), { visibilityState: 'visible' })];
  const stop = watchAttention({ window, document, now: device.time.now, tell: (command) => device.engine.handle(command) });
  onTestFinished(stop);
  const asked = async (): Promise<string[]> => {
    const before = requests.length;
    await device.settle();
    return requests.slice(before).map(({ url }) => new URL(url).pathname);
  };
  return { ...synced, window, document, stop, asked };
}

const customers = '/api/resource/Customer';

test('whoever comes back to the window has what is new at once', async () => {
  const { site, device, window, asked } = await seat();
  await device.pass(20_000);
  const made = site.as('office@example.com').insert('Customer', { customer_name: 'Made meanwhile', customer_type: 'Company' });
  window.dispatchEvent(new Event('focus'));
  expect(await asked()).toContain(customers);
  expect(await device.cache.documents.get(['Customer', made.name])).toBeDefined();
});

test('a page that is shown again looks again, one that is hidden does not', async () => {
  const { device, document, asked } = await seat();
  await device.pass(20_000);
  document.visibilityState = 'hidden';
  document.dispatchEvent(new Event('visibilitychange'));
  expect(await asked()).toEqual([]);
  document.visibilityState = 'visible';
  document.dispatchEvent(new Event('visibilitychange'));
  expect(await asked()).toContain(customers);
});

test('going to and fro asks no more than once in a while', async () => {
  const { device, window, document, requests } = await seat();
  await device.pass(20_000);
  const before = requests.length;
  for (let second = 0; second < 10; second += 1) {
    window.dispatchEvent(new Event('focus'));
    document.dispatchEvent(new Event('visibilitychange'));
    await device.pass(900);
  }
  expect(requests.length - before).toBe(1);
});

test('a network that is back is tried within seconds, not all devices at the same moment, also right after an attempt without it', async () => {
  const { device, window, network, requests } = await seat();
  network.now = () => ({ kind: 'offline' });
  await device.pass(20 * 60_000);
  expect(device.engine.state.connectivity.kind).toBe('offline');
  network.now = () => undefined;
  const before = requests.length;
  window.dispatchEvent(new Event('online'));
  await device.pass(15_000);
  expect(requests.slice(before).map(({ url }) => new URL(url).pathname)).toContain('/api/method/ping');
  expect(device.engine.state.connectivity.kind).toBe('online');
});

test('nothing is heard of a window any more once its sync ended', async () => {
  const { device, window, document, stop, asked } = await seat();
  await device.pass(20_000);
  stop();
  for (const kind of ['focus', 'online']) window.dispatchEvent(new Event(kind));
  document.dispatchEvent(new Event('visibilitychange'));
  expect(await asked()).toEqual([]);
});
