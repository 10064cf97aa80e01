import { expect, it } from 'vitest';
import { rowsOf } from '@shared/erp/document';
import { listOutbox } from '../../renderer/cache/outbox';
import { orderValues } from '../simulation/company';
import { once } from '../support/faults-schedule';
import { edit, goOffline, goOnline, placeOrder, shown, syncedDevice } from '../support/synced-device';

/** A synced device with an order of one row. */
async function withOrder() {
  const synced = await syncedDevice({ random: () => 0.99 });
  const { name } = placeOrder(synced.site);
  synced.device.engine.syncNow();
  await synced.device.settle();
  const there = () => rowsOf(synced.site.document('Sales Order', name) ?? {}, 'items');
  return { ...synced, name, there, rows: rowsOf(await shown(synced.device, 'Sales Order', name), 'items') };
}

it('rows of an edit without an answer are there once, also where somebody else saved the document since', async () => {
  const { site, device, network, name, there, rows } = await withOrder();
  network.now = once({ method: 'PUT', path: '/api/resource/' }, { kind: 'drop-answer' });
  await edit(device, 'Sales Order', name, { items: [...rows, { ...rows[0]!, name: '', description: 'added here' }] });
  device.engine.handle({ kind: 'saved' });
  await device.pass(1_000);
  expect(there()).toHaveLength(2);
  site.as('office@example.com').update('Sales Order', name, { terms: 'as agreed' });
  await device.pass(600_000);

  expect(there().map(({ description }) => description)).toEqual([rows[0]?.['description'], 'added here']);
  expect(await listOutbox(device.cache)).toEqual([]);
});

it('the mark of a create that was made elsewhere stays when its document is edited here', async () => {
  const { site, device } = await syncedDevice({ random: () => 0.99 });
  const { name } = site.as('field@example.com').insert('Sales Order', { ...orderValues(site, 0), idx: -4711 });
  device.engine.syncNow();
  await device.settle();
  await edit(device, 'Sales Order', name, { terms: 'edited here' });
  device.engine.handle({ kind: 'saved' });
  await device.settle();

  expect(site.document('Sales Order', name)).toMatchObject({ terms: 'edited here', idx: -4711 });
});

it('a row that was edited here and removed there is laid before a person', async () => {
  const { site, device, name, there, rows } = await withOrder();
  const second = orderValues(site, 1)['items'];
  site.as('office@example.com').update('Sales Order', name, { items: [...rows, ...(Array.isArray(second) ? second : [])] });
  device.engine.syncNow();
  await device.settle();
  goOffline(device);
  const [first, ...others] = rowsOf(await shown(device, 'Sales Order', name), 'items');
  await edit(device, 'Sales Order', name, { items: [{ ...first!, description: 'edited here' }, ...others] });
  site.as('office@example.com').update('Sales Order', name, { items: there().slice(1) });
  await goOnline(device, 60_000);

  expect(await listOutbox(device.cache)).toMatchObject([
    {
      state: {
        at: 'parked',
        problem: { kind: 'conflict', clashes: [{ path: { table: 'items', row: first?.name, fieldname: 'description' } }] },
      },
    },
  ]);
});

it('a page that was asked for before a save was answered does not replace the answer', async () => {
  const { site, device, network } = await syncedDevice({ profile: ['Customer'], random: () => 0.99 });
  const name = site.as('field@example.com').insert('Customer', { customer_name: 'Quick Ltd', customer_type: 'Company' }).name;
  device.engine.syncNow();
  await device.settle();
  site.as('office@example.com').update('Customer', name, { customer_details: 'they moved' });
  // The last request of a page, which tells that nothing in it has changed meanwhile.
  network.now = ({ url }) =>
    decodeURIComponent(url).includes('Customer?fields=["name","modified"]&filters=[["name"') ? { kind: 'delay', ms: 5_000 } : undefined;
  device.engine.handle({ kind: 'download' });
  await device.pass(1_000);
  await edit(device, 'Customer', name, { website: 'quick.example.com' });
  device.engine.handle({ kind: 'saved' });
  await device.pass(1_000);
  expect(site.document('Customer', name)).toMatchObject({ website: 'quick.example.com' });
  await device.pass(5_000);

  expect(await shown(device, 'Customer', name)).toMatchObject({ website: 'quick.example.com', customer_details: 'they moved' });
});
