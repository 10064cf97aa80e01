import { expect, it } from 'vitest';
import { rowsOf } from '@shared/erp/document';
import { listOutbox } from '../../renderer/cache/outbox';
import { record } from '../../renderer/cache/record';
import { once } from '../support/faults-schedule';
import { edit, placeOrder, shown, syncedDevice } from '../support/synced-device';

it('a submit knows the total that was computed here, also where rows were read from the server since', async () => {
  const { site, device, network } = await syncedDevice();
  const order = placeOrder(site);
  device.engine.syncNow();
  await device.settle();
  const before = await shown(device, 'Sales Order', order.name);
  const items = rowsOf(before, 'items').map((row) => ({ ...row, qty: Number(row['qty']) * 2 }));
  const doubled = Object.fromEntries(
    ['total', 'net_total', 'grand_total', 'rounded_total', 'total_qty'].map((fieldname) => [fieldname, Number(before[fieldname]) * 2]),
  );
  // The rows are read and merged, and then the save itself does not get through.
  network.now = once({ method: 'PUT', path: '/api/resource/' }, { kind: 'drop-request' });
  await edit(device, 'Sales Order', order.name, { items, ...doubled });
  await device.settle();
  await record(device.ports, { kind: 'submit', doctype: 'Sales Order', name: order.name });
  await device.pass(120_000);

  expect(await listOutbox(device.cache)).toEqual([]);
  expect(site.document('Sales Order', order.name)).toMatchObject({ docstatus: 1, total: doubled['total'] });
});
