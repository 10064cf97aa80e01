import { expect, it } from 'vitest';
import { rowsOf } from '@shared/erp/document';
import { listOutbox } from '../../renderer/cache/outbox';
import { edit, goOffline, placeOrder, shown, syncedDevice } from '../support/synced-device';

const doctype = 'Sales Order';

it('a row whose edit reached the server is there once, also when only the journal knows that it was on its way', async () => {
  const { site, device } = await syncedDevice();
  const { name } = placeOrder(site);
  device.engine.syncNow();
  await device.settle();
  goOffline(device);
  const [first] = rowsOf(await shown(device, doctype, name), 'items');
  if (first === undefined) throw new Error('the order has no row');
  const added = { ...first, name: '', description: 'added here' };
  await edit(device, doctype, name, { items: [first, added] });
  const [entry] = await listOutbox(device.cache);

  // It was sent and done; the process and its database ended before the journal heard of more than the sending.
  await device.journal.append({ account: device.account.id, records: [{ kind: 'sending', id: entry?.id ?? '', at: '' }] });
  const stored = rowsOf(site.document(doctype, name) ?? {}, 'items');
  site.as('field@example.com').update(doctype, name, { items: [...stored, { ...added, name: undefined }] });
  device.loseDatabase();
  await device.useProfile();
  await device.engine.start();
  await device.pass(5 * 60_000);

  expect(rowsOf(site.document(doctype, name) ?? {}, 'items').map(({ description }) => description)).toHaveLength(2);
  expect(await listOutbox(device.cache)).toEqual([]);
});
