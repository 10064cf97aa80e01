import { expect, it, vi } from 'vitest';
import { listOutbox } from '../../renderer/cache/outbox';
import { record } from '../../renderer/cache/record';
import { orderValues } from '../simulation/company';
import { once } from '../support/faults-schedule';
import { goOffline, goOnline, shown, syncedDevice } from '../support/synced-device';

/** Called before the documents made here are looked through. */
let beforeOwners = async (): Promise<void> => undefined;

vi.mock(import('../../renderer/sync/push/names'), async (original) => {
  const { readOwners } = await original();
  return {
    readOwners: async (cache) => {
      await beforeOwners();
      return readOwners(cache);
    },
  };
});

it('an order whose customer gets its name while the order is looked at goes with that name, and is not said to name what was taken back', async () => {
  const { site, device, network } = await syncedDevice();
  const before = site.documents('Sales Order').map(({ name }) => name);
  goOffline(device);
  const customer = await record(device.ports, {
    kind: 'create',
    doctype: 'Customer',
    values: { customer_name: 'Mid Air Ltd', customer_type: 'Company' },
  });
  await record(device.ports, { kind: 'create', doctype: 'Sales Order', values: { ...orderValues(site, 0), customer: customer.name } });
  const other = site.documents('Customer')[0]?.name ?? '';
  await record(device.ports, { kind: 'comment', doctype: 'Customer', name: other, content: 'called them' });

  const states = async () => (await listOutbox(device.cache)).map(({ operation, state }) => `${operation.kind} ${state.at}`);
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  network.now = once({ method: 'POST', path: '/api/resource/Customer' }, { kind: 'between', answer: (ask) => opened.then(ask) });
  let raced = false;
  beforeOwners = async () => {
    // The comment is done, the order was read from the outbox as it waits, and only now the customer's answer comes.
    const now = await states();
    if (raced || !now.includes('create sending') || now.includes('comment sending')) return;
    raced = true;
    open();
    while ((await states()).includes('create sending')) await new Promise((resolve) => setImmediate(resolve));
  };

  await goOnline(device);
  expect(raced).toBe(true);
  expect(await states()).toEqual([]);
  const order = site.documents('Sales Order').find(({ name }) => !before.includes(name));
  expect(order).toMatchObject({ customer: 'Mid Air Ltd' });
});

it('a new order that the office changed, and a page brought, before its create is answered stays as the page has it', async () => {
  const { site, device, network } = await syncedDevice({ random: () => 0.99 });
  const before = site.documents('Sales Order').map(({ name }) => name);
  const made = () => site.documents('Sales Order').find(({ name }) => !before.includes(name))?.name ?? '';
  network.now = once({ method: 'POST', path: '/api/resource/Sales Order' }, { kind: 'delay', ms: 20_000 });
  await record(device.ports, { kind: 'create', doctype: 'Sales Order', values: orderValues(site, 0) });
  device.engine.handle({ kind: 'saved' });
  await device.pass(2_000);
  site.as('office@example.com').update('Sales Order', made(), { terms: 'agreed by telephone' });
  device.engine.handle({ kind: 'download' });
  await device.pass(2_000);
  expect(await shown(device, 'Sales Order', made())).toMatchObject({ terms: 'agreed by telephone' });

  await device.pass(16_500);
  expect(await listOutbox(device.cache)).toEqual([]);
  expect(await shown(device, 'Sales Order', made())).toMatchObject({ terms: 'agreed by telephone' });
});
