import { expect, it } from 'vitest';
import { readDocument } from '../../renderer/cache/documents';
import { once } from '../support/faults-schedule';
import { placeOrder, syncedDevice } from '../support/synced-device';

/** A device that keeps orders alone, a new one of which is on the server: its customer comes along as what it links to. */
async function orderToCome() {
  const synced = await syncedDevice({ profile: ['Sales Order'] });
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
