import { expect, test } from 'vitest';
import { createDemoSite } from '../../electron/demo/site';
import { importWork } from '../../renderer/cache/import-work';
import { readDocument } from '../../renderer/cache/documents';
import { discard, listOutbox, resolve } from '../../renderer/cache/outbox';
import { record } from '../../renderer/cache/record';
import { orderValues } from '../simulation/company';
import { Device } from '../support/device';
import { VirtualTime } from '../support/virtual-time';

async function twoDevices(createMarker: 'negative-idx' | 'look-up' = 'negative-idx') {
  const time = new VirtualTime();
  const site = createDemoSite({ now: time.now, scale: 8 });
  const options = { site, time, random: () => 0.99, settings: { createMarker } };
  const devices = [new Device(options), new Device(options)];
  for (const device of devices) {
    await device.useProfile();
    await device.engine.start();
    await device.settle();
    device.engine.handle({ kind: 'work-offline', on: true });
  }
  return { time, site, dead: devices[0]!, spare: devices[1]! };
}

test('work of a dead device is sent once from another, however often it is imported', async () => {
  const { site, dead, spare } = await twoDevices();
  const values = { customer_name: 'Imported Ltd', customer_type: 'Company', customer_group: 'Commercial', territory: 'All Territories' };
  const made = await record(dead.ports, { kind: 'create', doctype: 'Customer', values });
  await record(dead.ports, { kind: 'comment', doctype: 'Customer', name: made.name, content: 'Rings twice' });
  const exported = await dead.journal.read({ account: dead.account.id });
  dead.engine.stop();

  expect(await importWork(spare.ports, exported)).toEqual({ added: 2, known: 0, unreadable: 0 });
  expect(await importWork(spare.ports, exported)).toEqual({ added: 0, known: 2, unreadable: 0 });
  expect((await listOutbox(spare.cache)).map((entry) => entry.state.at)).toEqual(['uncertain', 'uncertain']);
  expect((await readDocument(spare.cache, 'Customer', made.name))?.doc['customer_name']).toBe('Imported Ltd');
  expect([...spare.journal.entries.keys()].sort()).toEqual(exported.map(({ id }) => id).sort());

  spare.engine.handle({ kind: 'work-offline', on: false });
  // Nothing of it was under way when it was exported: one look, and it goes.
  await spare.pass(30_000);
  expect(await importWork(spare.ports, exported)).toEqual({ added: 0, known: 2, unreadable: 0 });
  await spare.settle();
  expect(site.documents('Customer').filter((doc) => doc['customer_name'] === 'Imported Ltd')).toHaveLength(1);
  expect(await listOutbox(spare.cache)).toEqual([]);
  spare.engine.stop();
});

test('what may have been sent there is looked for before it is sent from here', async () => {
  const { dead, spare } = await twoDevices();
  const customer = (await dead.cache.documents.where('[doctype+name]').between(['Customer', ''], ['Customer', '\uffff']).first())!;
  await record(dead.ports, { kind: 'comment', doctype: 'Customer', name: customer.name, content: 'Twice?' });
  const exported = (await dead.journal.read({ account: dead.account.id })).map((entry) => ({ ...entry, sending: true }));
  expect((await importWork(spare.ports, exported)).added).toBe(1);
  expect((await listOutbox(spare.cache))[0]?.state.at).toBe('uncertain');
  dead.engine.stop();
  spare.engine.stop();
});

test('imported work stands behind what this device made, and cannot be discarded before it was looked for', async () => {
  const { dead, spare } = await twoDevices();
  const customer = (await dead.cache.documents.where('[doctype+name]').between(['Customer', ''], ['Customer', '\uffff']).first())!;
  await record(dead.ports, { kind: 'comment', doctype: 'Customer', name: customer.name, content: 'there' });
  await record(spare.ports, { kind: 'comment', doctype: 'Customer', name: customer.name, content: 'here' });
  await importWork(spare.ports, await dead.journal.read({ account: dead.account.id }));
  const outbox = await listOutbox(spare.cache);
  expect(outbox.map(({ operation }) => (operation.kind === 'comment' ? operation.content : ''))).toEqual(['here', 'there']);
  expect(outbox[1]!.seq).toBeGreaterThan(outbox[0]!.seq);
  await expect(discard(spare.ports, outbox[1]!.id)).rejects.toMatchObject({ code: 'refused' });
  dead.engine.stop();
  spare.engine.stop();
});

test('what another version wrote is counted, not guessed at', async () => {
  const { dead, spare } = await twoDevices();
  expect(await importWork(spare.ports, [{ id: crypto.randomUUID(), entry: { odd: 1 }, sending: false }])).toEqual({
    added: 0,
    known: 0,
    unreadable: 1,
  });
  dead.engine.stop();
  spare.engine.stop();
});

test.each(['negative-idx', 'look-up'] as const)(
  'work that was exported, then sent, then imported elsewhere is not there twice (%s)',
  async (marker) => {
    const { site, dead, spare } = await twoDevices(marker);
    const count = (doctype: string) => site.documents(doctype).length;
    const before = { customers: count('Customer'), orders: count('Sales Order') };
    const customer = await record(dead.ports, {
      kind: 'create',
      doctype: 'Customer',
      values: { customer_name: 'Only Once', customer_type: 'Company' },
    });
    const order = await record(dead.ports, {
      kind: 'create',
      doctype: 'Sales Order',
      values: { ...orderValues(site, 0), customer: customer.name, po_no: 'only once' },
    });
    await record(dead.ports, { kind: 'comment', doctype: 'Sales Order', name: order.name, content: 'said once' });
    const exported = await dead.journal.read({ account: dead.account.id });
    dead.engine.handle({ kind: 'work-offline', on: false });
    await dead.pass(60_000);
    expect(count('Sales Order')).toBe(before.orders + 1);
    dead.engine.stop();

    await importWork(spare.ports, exported);
    spare.engine.handle({ kind: 'work-offline', on: false });
    await spare.pass(30 * 60_000);
    // A look-up cannot be sure of what another device may have sent: its person is.
    for (const _document of [customer, order]) {
      const [entry] = (await listOutbox(spare.cache)).filter(({ state }) => state.at === 'parked');
      if (entry?.state.at !== 'parked' || entry.state.problem.kind !== 'may-exist') break;
      await resolve(spare.ports, entry.id, { kind: 'adopt', name: entry.state.problem.candidates[0]?.name ?? '' });
      spare.engine.handle({ kind: 'saved' });
      await spare.pass(30 * 60_000);
    }
    expect(await listOutbox(spare.cache)).toEqual([]);
    expect({ customers: count('Customer'), orders: count('Sales Order') }).toEqual({
      customers: before.customers + 1,
      orders: before.orders + 1,
    });
    const [made] = site.documents('Sales Order').filter((doc) => doc['po_no'] === 'only once');
    expect(site.comments('Sales Order', made?.name ?? '')).toHaveLength(1);
    spare.engine.stop();
  },
);
