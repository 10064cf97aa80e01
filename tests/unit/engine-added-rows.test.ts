import { expect, it } from 'vitest';
import { rowsOf } from '@shared/erp/document';
import { listOutbox } from '../../renderer/cache/outbox';
import { once, together } from '../support/faults-schedule';
import { addRow, placeOrder, syncedDevice } from '../support/synced-device';
import type { Synced } from '../support/synced-device';

/** A draft order with one row, and a way to add another row of the same item that says what it is for. */
async function orderWithRow() {
  const synced = await syncedDevice();
  const order = placeOrder(synced.site).name;
  synced.device.engine.syncNow();
  await synced.device.settle();
  return { ...synced, order, add: (description: string) => addRow(synced.device, order, { description }) };
}

const descriptions = ({ site }: Synced, order: string) =>
  rowsOf(site.document('Sales Order', order) ?? {}, 'items').map((row) => row['description']);

it('a row that was added is not taken for the row of the same item that was there, while another is added', async () => {
  const synced = await orderWithRow();
  const { device, network, order, add } = synced;
  const [before] = descriptions(synced, order);
  network.now = once({ method: 'PUT' }, { kind: 'delay', ms: 2_000 });
  await add('for the shop');
  await device.pass(1_000);
  await add('for the yard');
  await device.pass(60_000);

  expect(await listOutbox(device.cache)).toEqual([]);
  expect(descriptions(synced, order)).toEqual([before, 'for the shop', 'for the yard']);
});

it('rows that were added while the document was read before the save are known by their names after it', async () => {
  const synced = await orderWithRow();
  const { device, network, order, add } = synced;
  const [before] = descriptions(synced, order);
  network.now = together(
    once({ method: 'GET', path: `/api/resource/Sales Order/${order}` }, { kind: 'delay', ms: 2_000 }),
    once({ method: 'PUT' }, { kind: 'delay', ms: 2_000 }),
  );
  await add('for the shop');
  await device.pass(1_000);
  await add('for the yard');
  await device.pass(2_000);
  await add('for the roof');
  await device.pass(60_000);

  expect(await listOutbox(device.cache)).toEqual([]);
  expect(descriptions(synced, order)).toEqual([before, 'for the shop', 'for the yard', 'for the roof']);
});
