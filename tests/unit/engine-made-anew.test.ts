import { expect, it } from 'vitest';
import { rowsOf } from '@shared/erp/document';
import { listOutbox, resolve, retry } from '../../renderer/cache/outbox';
import { record } from '../../renderer/cache/record';
import type { Device } from '../support/device';
import { once } from '../support/faults-schedule';
import { edit, goOffline, goOnline, placeOrder, syncedDevice } from '../support/synced-device';

const parked = async (device: Device) => (await listOutbox(device.cache)).filter(({ state }) => state.at === 'parked');

/** A person says at the first card that its document is to be made anew. */
async function makeAnew(device: Device, at: 'first' | 'last' = 'first'): Promise<void> {
  const entry = (await parked(device))
    .filter(({ state }) => state.at === 'parked' && state.problem.kind === 'missing')
    .at(at === 'first' ? 0 : -1);
  await resolve(device.ports, entry?.id ?? '', { kind: 'recreate' });
  device.engine.handle({ kind: 'saved' });
  await device.pass(60_000);
}

it('a comment on a customer that was deleted stands on the one that is made anew', async () => {
  const { site, device } = await syncedDevice({ profile: ['Customer'], random: () => 0.99 });
  const { name } = site.as('field@example.com').insert('Customer', { customer_name: 'Gone Soon', customer_type: 'Company' });
  device.engine.syncNow();
  await device.pass(10_000);
  goOffline(device);
  await record(device.ports, { kind: 'comment', doctype: 'Customer', name, content: 'important words' });
  site.as('Administrator').delete('Customer', name);
  await goOnline(device);
  await makeAnew(device);
  expect(await listOutbox(device.cache)).toEqual([]);
  const made = site.documents('Customer').filter((doc) => doc['customer_name'] === 'Gone Soon');
  expect(made.map((doc) => site.comments('Customer', doc.name).length)).toEqual([1]);
});

it('a 0 stays a 0 where the default is another', async () => {
  const { site, device } = await syncedDevice({ profile: ['Item'], random: () => 0.99 });
  const [other] = site.documents('Item');
  const values = {
    item_code: 'SERVICE-1',
    item_name: 'Service',
    item_group: other?.['item_group'] ?? '',
    stock_uom: other?.['stock_uom'] ?? '',
  };
  const { name } = site.as('Administrator').insert('Item', { ...values, is_stock_item: 0 });
  device.engine.syncNow();
  await device.pass(10_000);
  goOffline(device);
  const person = site.people.find((each) => each.name === 'field@example.com');
  site.setRoles('field@example.com', [...(person?.roles ?? []), 'Item Manager']);
  await edit(device, 'Item', name, { description: 'edited here' });
  site.as('Administrator').delete('Item', name);
  await goOnline(device);
  await makeAnew(device);
  expect(await listOutbox(device.cache)).toEqual([]);
  expect(site.document('Item', 'SERVICE-1')).toMatchObject({ is_stock_item: 0, description: 'edited here' });
});

it.each(['first', 'last'] as const)(
  'what waits for a deleted order goes with the new one, a submit when it is asked for again (%s card)',
  async (at) => {
    const { site, device } = await syncedDevice({ random: () => 0.99 });
    const { name } = placeOrder(site);
    device.engine.syncNow();
    await device.pass(5_000);
    const before = site.documents('Sales Order').length;
    goOffline(device);
    const file = device.keepFile(new TextEncoder().encode('a note'));
    await record(device.ports, { kind: 'attach', doctype: 'Sales Order', name, file, fileName: 'note.txt', isPrivate: true });
    await edit(device, 'Sales Order', name, { po_no: 'typed here' });
    await record(device.ports, { kind: 'comment', doctype: 'Sales Order', name, content: 'said here' });
    await record(device.ports, { kind: 'submit', doctype: 'Sales Order', name });
    site.as('office@example.com').delete('Sales Order', name);
    await goOnline(device, 60_000);
    await makeAnew(device, at);
    await device.pass(60_000);

    const order = site.documents('Sales Order').at(-1);
    expect(site.documents('Sales Order')).toHaveLength(before);
    expect(order).toMatchObject({ po_no: 'typed here', docstatus: 0 });
    expect(rowsOf(order ?? {}, 'items').length).toBeGreaterThan(0);
    expect(site.files().map(({ doc }) => doc['attached_to_name'])).toEqual([order?.name]);
    expect(site.comments('Sales Order', order?.name ?? '')).toHaveLength(1);
    const left = await listOutbox(device.cache);
    expect(left).toMatchObject([
      { name: order?.name, operation: { kind: 'submit' }, state: { at: 'parked', problem: { kind: 'refused' } } },
    ]);

    await retry(device.ports, left[0]?.id ?? '');
    device.engine.handle({ kind: 'saved' });
    await device.pass(60_000);
    expect(await listOutbox(device.cache)).toEqual([]);
    expect(site.document('Sales Order', order?.name ?? '')?.docstatus).toBe(1);
  },
);

it('a file that came late to the deleted customer is not sent again to the one that is made anew under its name', async () => {
  const { site, device, network } = await syncedDevice({ profile: ['Customer'], random: () => 0.99 });
  const { name } = site.as('field@example.com').insert('Customer', { customer_name: 'Gone Soon', customer_type: 'Company' });
  device.engine.syncNow();
  await device.pass(10_000);
  goOffline(device);
  const file = device.keepFile(new TextEncoder().encode('a plan'));
  await record(device.ports, { kind: 'attach', doctype: 'Customer', name, file, fileName: 'plan.txt', isPrivate: true });
  network.now = once({ path: '/api/method/upload_file' }, { kind: 'commit-late', ms: 60_000 });
  await goOnline(device, 1_000);
  site.as('Administrator').delete('Customer', name);
  await device.pass(120_000);
  await makeAnew(device);
  await device.pass(300_000);

  expect(await listOutbox(device.cache)).toEqual([]);
  expect(site.documents('File').filter((each) => each['attached_to_name'] === name)).toHaveLength(1);
});
