import { expect, it } from 'vitest';
import { readDocument } from '../../renderer/cache/documents';
import { edit, goOffline, goOnline, placeOrder, shown, syncedDevice } from '../support/synced-device';

it('takes up what is here already: what is missing comes, what changed there is replaced, what was edited here is kept', async () => {
  const { site, device } = await syncedDevice({ profile: ['Sales Order'] });
  const office = site.as('office@example.com');
  const names = [placeOrder(site), placeOrder(site), placeOrder(site)].map(({ name }) => name);
  const [missing = '', changed = '', edited = ''] = names;
  device.engine.syncNow();
  await device.settle();

  goOffline(device);
  await edit(device, 'Sales Order', edited, { po_no: 'typed here' });
  for (const name of [changed, edited]) office.update('Sales Order', name, { letter_head: 'changed there' });
  await device.cache.documents.delete(['Sales Order', missing]);
  await device.cache.cursors.delete('Sales Order');
  await goOnline(device, 0);
  await device.settle();

  expect(await readDocument(device.cache, 'Sales Order', missing)).toBeDefined();
  expect(await shown(device, 'Sales Order', changed)).toMatchObject({ letter_head: 'changed there' });
  expect(site.document('Sales Order', edited)).toMatchObject({ po_no: 'typed here', letter_head: 'changed there' });
});
