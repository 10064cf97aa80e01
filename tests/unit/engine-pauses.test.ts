import { expect, test } from 'vitest';
import { once, times } from '../support/faults-schedule';
import { syncedDevice } from '../support/synced-device';

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
