import { expect, it } from 'vitest';
import { rowsOf } from '@shared/erp/document';
import { listOutbox } from '../../renderer/cache/outbox';
import { once } from '../support/faults-schedule';
import { commentedOffline, edit, goOffline, goOnline, placeOrder, shown, syncedDevice } from '../support/synced-device';

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

it('a comment that was on its way when the database was lost is looked for before it is sent again', async () => {
  const { site, device, network, name } = await commentedOffline();
  network.now = once({ path: '/api/method/frappe.desk.form.utils.add_comment' }, { kind: 'delay', ms: 600_000 });
  await goOnline(device, 2_000);
  expect(site.comments('Customer', name)).toHaveLength(1);
  device.loseDatabase();
  await device.useProfile();
  await device.engine.start();
  await device.pass(20 * 60_000);

  expect(site.comments('Customer', name)).toHaveLength(1);
  expect(await listOutbox(device.cache)).toEqual([]);
});
