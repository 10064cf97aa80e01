import { Dexie } from 'dexie';
import { expect, test } from 'vitest';
import { AppError } from '@shared/errors';
import { triage } from '@shared/sync/triage';
import { listOutbox } from '../../renderer/cache/outbox';
import { record } from '../../renderer/cache/record';
import { storageError } from '../../renderer/cache/storage-error';
import { edit, goOffline, goOnline, syncedDevice } from '../support/synced-device';
import type { Device } from '../support/device';

const full = new AppError('storage-full', 'The disk is full.');

/** The journal takes nothing from now on; answers what gives it room again. */
function fillDisk(device: Device): () => void {
  const { journal } = device.ports.bridge;
  const { append } = journal;
  journal.append = () => Promise.reject(full);
  return () => void (journal.append = append);
}

async function withEdit() {
  const synced = await syncedDevice({ profile: ['Customer'], random: () => 0.99 });
  const { site, device } = synced;
  const [first, second] = site.documents('Customer').map(({ name }) => name);
  goOffline(device);
  await edit(device, 'Customer', first ?? '', { website: 'mine.example' });
  await record(device.ports, { kind: 'comment', doctype: 'Customer', name: second ?? '', content: 'called them' });
  return { ...synced, first: first ?? '', second: second ?? '' };
}

test('a full disk is said to be one; what is unsent stays unsent, and goes as soon as there is room', async () => {
  const { site, device, requests, first, second } = await withEdit();
  const giveRoom = fillDisk(device);
  const before = requests.length;
  await goOnline(device, 20 * 60_000);
  expect(requests.slice(before).filter(({ method }) => method !== 'GET')).toEqual([]);
  expect(device.engine.state).toMatchObject({
    connectivity: { kind: 'online' },
    pauses: { count: 0 },
    trouble: { at: 'storage', code: 'storage-full', message: 'The disk is full.' },
  });
  const entries = await listOutbox(device.cache);
  expect(entries.map(({ state, attempts, unanswered }) => [state.at, attempts, unanswered])).toEqual([
    ['queued', 0, undefined],
    ['queued', 0, undefined],
  ]);
  expect(entries.some(({ lastError }) => lastError?.code === 'storage-full')).toBe(true);
  giveRoom();
  await device.pass(6 * 60_000);
  expect(await listOutbox(device.cache)).toEqual([]);
  expect(device.engine.state.trouble).toBeNull();
  expect(site.document('Customer', first)?.['website']).toBe('mine.example');
  expect(site.comments('Customer', second)).toHaveLength(1);
});

test('what is new on the server comes all the same', async () => {
  const { site, device } = await withEdit();
  fillDisk(device);
  const made = site.as('office@example.com').insert('Customer', { customer_name: 'Made meanwhile', customer_type: 'Company' });
  await goOnline(device, 5 * 60_000);
  expect(await device.cache.documents.get(['Customer', made.name])).toBeDefined();
});

test('a disk that is full when the answer comes sends nothing twice', async () => {
  const { site, device, network, second } = await withEdit();
  network.now = (request) => {
    if (request.method === 'POST') fillDisk(device);
    return undefined;
  };
  const { append } = device.ports.bridge.journal;
  await goOnline(device, 5 * 60_000);
  network.now = () => undefined;
  device.ports.bridge.journal.append = append;
  await device.pass(10 * 60_000);
  expect(site.comments('Customer', second)).toHaveLength(1);
  expect(await listOutbox(device.cache)).toEqual([]);
  expect((await device.journal.read({ account: device.account.id })).filter(({ ended }) => ended !== true)).toEqual([]);
});

test('one document that cannot be written down keeps no other from being sent', async () => {
  const { site, device, first, second } = await withEdit();
  const { journal } = device.ports.bridge;
  const { append } = journal;
  journal.append = (params) =>
    params.records.some((one) => JSON.stringify(one).includes('mine.example'))
      ? Promise.reject(new AppError('internal', 'This one breaks.'))
      : append(params);
  await goOnline(device, 60_000);
  expect(site.comments('Customer', second)).toHaveLength(1);
  expect((await listOutbox(device.cache)).map(({ name }) => name)).toEqual([first]);
  expect(device.engine.state).toMatchObject({ connectivity: { kind: 'online' }, trouble: null });
});

test('a file whose bytes cannot be read is tried again', () => {
  for (const code of ['storage', 'storage-full'] as const) {
    expect(triage('attach', { code, details: {} }, 0)).toBe('again');
  }
});

test('the browser’s own limit counts as a full disk, another failure of its database as one', () => {
  const quota = new Dexie.QuotaExceededError('no room');
  expect([quota, new Dexie.AbortError('aborted', quota), new Dexie.UnknownError('broken')].map((one) => storageError(one).code)).toEqual([
    'storage-full',
    'storage-full',
    'storage',
  ]);
  expect(storageError(new TypeError('a defect of ours')).code).toBe('internal');
});
