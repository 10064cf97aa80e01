import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { record } from '../../renderer/cache/record';
import type { Device } from '../support/device';
import { goOffline, syncedDevice } from '../support/synced-device';

async function withComment() {
  const synced = await syncedDevice({ profile: ['Customer'], random: () => 0.99 });
  const { site, device } = synced;
  const name = site.documents('Customer')[0]?.name ?? '';
  goOffline(device);
  await record(device.ports, { kind: 'comment', doctype: 'Customer', name, content: 'called them' });
  return { ...synced, name };
}

/** What another version put there: it opens, and nothing here knows its shape. */
async function putForeign(device: Device, id: string): Promise<void> {
  await device.journal.append({ account: device.account.id, records: [{ kind: 'put', id, entry: { of: 'another version' } }] });
}

test('work in the journal that nobody here can read is told from the start on', async () => {
  const { device } = await withComment();
  expect(device.engine.state.safetyCopy).toMatchObject({ unreadable: 0, damaged: 0 });
  await putForeign(device, randomUUID());
  device.journal.condition = async () => ({ torn: false, damaged: 2 });
  device.restart();
  await device.engine.start();
  expect(device.states.at(-1)?.safetyCopy).toMatchObject({ unreadable: 1, damaged: 2 });
});

test('work that the database has is not missed', async () => {
  const { device } = await withComment();
  const [queued] = await device.cache.outbox.toArray();
  await putForeign(device, queued?.id ?? '');
  device.restart();
  await device.engine.start();
  expect(device.engine.state.safetyCopy).toMatchObject({ unreadable: 0 });
});
