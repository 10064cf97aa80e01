import { expect, test } from 'vitest';
import { readDocInfo } from '../../renderer/cache/comments';
import { listOutbox } from '../../renderer/cache/outbox';
import { once } from '../support/faults-schedule';
import { edit, syncedDevice } from '../support/synced-device';

const hour = 60 * 60_000;
const profile = ['Customer', 'Supplier'];

/** A device whose first download used its requests of the hour up. */
async function usedUp() {
  const synced = await syncedDevice({ profile, budget: 12, random: () => 0.5 });
  const { device, requests, time } = synced;
  const { connectivity } = device.engine.state;
  if (connectivity.kind !== 'budget') throw new Error(`there is still something left: ${connectivity.kind}`);
  return { ...synced, until: connectivity.until, from: time.now(), asked: requests.length };
}

test('sync that used up its requests of the hour asks for nothing more until there are some again, and goes on by itself', async () => {
  const { site, device, requests, until, from, asked } = await usedUp();
  expect(until - from).toBeGreaterThan(hour - 1);
  expect(until - from).toBeLessThanOrEqual(hour + 60_000);
  await device.pass(until - from - 1_000);
  expect(requests).toHaveLength(asked);
  await device.pass(8 * hour);
  for (const doctype of profile) {
    const there = site.documents(doctype).map(({ name }) => name);
    const here = await device.cache.documents.where('[doctype+name]').between([doctype, ''], [doctype, '\uffff']).toArray();
    expect(here.map(({ name }) => name).sort()).toEqual(there.sort());
  }
});

test('in no hour does sync ask more than its budget and what ends a call that it had begun', async () => {
  const { device, network, time } = await usedUp();
  const times: number[] = [];
  network.now = () => void times.push(time.now());
  await device.pass(8 * hour);
  const most = Math.max(...times.map((at) => times.filter((other) => other <= at && other > at - hour).length));
  expect(times.length).toBeGreaterThan(40);
  // A page of customers costs eight requests, and three calls may be under way.
  expect(most).toBeLessThanOrEqual(12 + 3 * 8);
});

test('what a person opens is read all the same', async () => {
  const { site, device, requests, asked } = await usedUp();
  const name = site.documents('Customer')[0]?.name ?? '';
  device.engine.handle({ kind: 'refresh', doctype: 'Customer', name });
  await device.settle();
  expect(requests.slice(asked)).toHaveLength(1);
  expect(await readDocInfo(device.cache, 'Customer', name)).toBeDefined();
  expect(device.engine.state.connectivity.kind).toBe('budget');
});

test('a change waits on the device, unsent and not in doubt; with Sync now it goes at once', async () => {
  const { site, device, requests, asked } = await usedUp();
  const name = site.documents('Customer')[0]?.name ?? '';
  await edit(device, 'Customer', name, { website: 'mine.example' });
  await device.pass(60_000);
  expect(requests).toHaveLength(asked);
  expect(await listOutbox(device.cache)).toMatchObject([{ state: { at: 'queued' } }]);
  device.engine.handle({ kind: 'sync-now' });
  await device.pass(1_000);
  expect(site.document('Customer', name)?.['website']).toBe('mine.example');
});

test('another budget counts at once', async () => {
  const { device, requests, asked } = await usedUp();
  await device.ports.bridge.settings.set({ requestBudget: 0 });
  device.engine.handle({ kind: 'budget-changed' });
  await device.pass(60_000);
  expect(requests.length).toBeGreaterThan(asked + 12);
  expect(device.engine.state.connectivity).toEqual({ kind: 'online' });
});

test('a pause that the server asked for outlives the end of the budget’s', async () => {
  const { site, device, network } = await usedUp();
  network.now = once({}, { kind: 'rate-limited', retryAfter: 3 * 3600 });
  // A person opens something, and the server wants a rest.
  device.engine.handle({ kind: 'refresh', doctype: 'Customer', name: site.documents('Customer')[0]?.name ?? '' });
  await device.pass(2 * hour);
  expect(device.engine.state.connectivity).toMatchObject({ kind: 'busy' });
});
