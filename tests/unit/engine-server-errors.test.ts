import { expect, test } from 'vitest';
import { listOutbox, retry } from '../../renderer/cache/outbox';
import { once, times, together } from '../support/faults-schedule';
import { edit, goOffline, goOnline, syncedDevice } from '../support/synced-device';
import type { Device } from '../support/device';

const put = { method: 'PUT', path: '/api/resource/Customer' };
const broken = { kind: 'server-error', excType: 'TypeError' } as const;

async function withEdit() {
  const synced = await syncedDevice({ profile: ['Customer'], random: () => 0.99 });
  const name = synced.site.documents('Customer')[0]?.name ?? '';
  goOffline(synced.device);
  await edit(synced.device, 'Customer', name, { website: 'mine.example' });
  return { ...synced, name };
}

const states = async (device: Device): Promise<string[]> => (await listOutbox(device.cache)).map(({ state }) => state.at);

test('one error of the server after many attempts without a connection parks nothing', async () => {
  const { site, device, network, name } = await withEdit();
  network.now = together(times(4, put, { kind: 'offline' }), once(put, broken));
  await goOnline(device, 60 * 60_000);
  expect(await states(device)).toEqual([]);
  expect(site.document('Customer', name)?.['website']).toBe('mine.example');
});

test('the third error of the server parks, whatever came in between, and another try by a person has three again', async () => {
  const { site, device, network, name } = await withEdit();
  network.now = together(times(2, put, broken), times(2, put, { kind: 'offline' }), once(put, broken), times(2, put, broken));
  await goOnline(device, 60 * 60_000);
  expect(await states(device)).toEqual(['parked']);
  const [entry] = await listOutbox(device.cache);
  await retry(device.ports, entry?.id ?? '');
  device.engine.handle({ kind: 'saved' });
  await device.pass(60 * 60_000);
  expect(await states(device)).toEqual([]);
  expect(site.document('Customer', name)?.['website']).toBe('mine.example');
});
