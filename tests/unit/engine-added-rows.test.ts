import { expect, it } from 'vitest';
import { rowsOf } from '@shared/erp/document';
import { listOutbox } from '../../renderer/cache/outbox';
import { once, together } from '../support/faults-schedule';
import { edit, placeOrder, shown, syncedDevice } from '../support/synced-device';
import type { Synced } from '../support/synced-device';

/** A draft order with one row, and a way to add another row of the same item that says what it is for. */
async function orderWithRow() {
  const synced = await syncedDevice();
  const order = placeOrder(synced.site).name;
  synced.device.engine.syncNow();
  await synced.device.settle();
  const addRow = async (description: string) => {
    const rows = rowsOf(await shown(synced.device, 'Sales Order', order), 'items');
    const { item_code, qty, rate, delivery_date } = rows[0] ?? { name: '' };
    const added = { name: `fb-new-${crypto.randomUUID()}`, item_code, qty, rate, delivery_date, description, idx: rows.length + 1 };
    await edit(synced.device, 'Sales Order', order, { items: [...rows, added] });
  };
  return { ...synced, order, addRow };
}

const descriptions = ({ site }: Synced, order: string) =>
  rowsOf(site.document('Sales Order', order) ?? {}, 'items').map((row) => row['description']);

it('a row that was added is not taken for the row of the same item that was there, while another is added', async () => {
  const synced = await orderWithRow();
  const { device, network, order, addRow } = synced;
  const [before] = descriptions(synced, order);
  network.now = once({ method: 'PUT' }, { kind: 'delay', ms: 2_000 });
  await addRow('for the shop');
  await device.pass(1_000);
  await addRow('for the yard');
  await device.pass(60_000);

  expect(await listOutbox(device.cache)).toEqual([]);
  expect(descriptions(synced, order)).toEqual([before, 'for the shop', 'for the yard']);
});

it('rows that were added while the document was read before the save are known by their names after it', async () => {
  const synced = await orderWithRow();
  const { device, network, order, addRow } = synced;
  const [before] = descriptions(synced, order);
  network.now = together(
    once({ method: 'GET', path: `/api/resource/Sales Order/${order}` }, { kind: 'delay', ms: 2_000 }),
    once({ method: 'PUT' }, { kind: 'delay', ms: 2_000 }),
  );
  await addRow('for the shop');
  await device.pass(1_000);
  await addRow('for the yard');
  await device.pass(2_000);
  await addRow('for the roof');
  await device.pass(60_000);

  expect(await listOutbox(device.cache)).toEqual([]);
  expect(descriptions(synced, order)).toEqual([before, 'for the shop', 'for the yard', 'for the roof']);
});
