import { expect, it } from 'vitest';
import { readDocument } from '../../renderer/cache/documents';
import { calm, once, times } from '../support/faults-schedule';
import { goOffline, goOnline, placeOrder, syncedDevice } from '../support/synced-device';

/** A device that keeps orders alone, a new one of which is on the server: its customer comes along as what it links to. */
async function orderToCome() {
  const synced = await syncedDevice({ profile: ['Sales Order'], random: () => 0.99 });
  const order = placeOrder(synced.site);
  const customer = String(order['customer']);
  await synced.device.cache.documents.delete(['Customer', customer]);
  const isHere = async () => (await readDocument(synced.device.cache, 'Customer', customer)) !== undefined;
  return { ...synced, isHere };
}

it('what a document links to comes along', async () => {
  const { device, isHere } = await orderToCome();
  device.engine.syncNow();
  await device.settle();
  expect(await isHere()).toBe(true);
});

it('is asked for again where the network went in between', async () => {
  const { device, network, isHere } = await orderToCome();
  network.now = once({ path: '/api/resource/Customer' }, { kind: 'login-page' });
  device.engine.syncNow();
  await device.settle();
  expect(await isHere()).toBe(false);
  await device.pass(10 * 60_000);
  expect(await isHere()).toBe(true);
});

it('comes along after a crash between the page and what it links to', async () => {
  const { device, network, isHere } = await orderToCome();
  network.now = once({ path: '/api/resource/Customer' }, { kind: 'meanwhile', before: () => device.restart() });
  device.engine.syncNow();
  await device.settle();
  expect(await isHere()).toBe(false);
  await device.engine.start();
  await device.settle();
  expect(await isHere()).toBe(true);
});

const customers = { path: /^\/api\/resource\/Customer$/ };

it('comes along in a later round where the server failed once', async () => {
  const { device, network, isHere } = await orderToCome();
  network.now = once(customers, { kind: 'server-error', excType: 'TypeError' });
  device.engine.syncNow();
  await device.settle();
  expect(await isHere()).toBe(false);
  await device.pass(10 * 60_000);
  expect(await isHere()).toBe(true);
});

it('is not asked for with each round where the server always fails', async () => {
  const { device, network, requests } = await orderToCome();
  network.now = times(99, customers, { kind: 'server-error', excType: 'TypeError' });
  device.engine.syncNow();
  await device.pass(50 * 60_000);
  expect(requests.filter(({ fault }) => fault !== undefined)).toHaveLength(3);
});

const forbidden = { kind: 'between', answer: async () => Response.json({ exc_type: 'PermissionError' }, { status: 403 }) } as const;

/** The person was refused the customer, which is not asked for with each round then; now they would not be any more. */
async function refusedOnce() {
  const all = await orderToCome();
  const { device, network, requests } = all;
  network.now = times(99, customers, forbidden);
  device.engine.syncNow();
  await device.pass(30 * 60_000);
  expect(requests.filter(({ fault }) => fault !== undefined)).toHaveLength(1);
  network.now = calm;
  await device.pass(20 * 60_000);
  expect(await all.isHere()).toBe(false);
  return all;
}

it('comes along for whoever signs in with more permissions', async () => {
  const { device, isHere } = await refusedOnce();
  device.engine.handle({ kind: 'signed-in' });
  await device.settle();
  expect(await isHere()).toBe(true);
});

it('comes along a day after a refusal, also after a restart', async () => {
  const { device, isHere } = await refusedOnce();
  device.restart();
  await device.engine.start();
  await device.pass(60_000);
  expect(await isHere()).toBe(false);
  goOffline(device);
  await device.pass(25 * 60 * 60_000);
  await goOnline(device, 10_000);
  expect(await isHere()).toBe(true);
});
