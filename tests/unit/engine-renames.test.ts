import { expect, it } from 'vitest';
import { toRow } from '../../renderer/cache/document-row';
import { listOutbox, undo } from '../../renderer/cache/outbox';
import { listReceipts } from '../../renderer/cache/receipts';
import { record } from '../../renderer/cache/record';
import { renameEverywhere } from '../../renderer/cache/rename';
import { resolve } from '../../renderer/cache/resolve';
import { inWorkTransaction } from '../../renderer/cache/work';
import type { Device } from '../support/device';
import { once, together } from '../support/faults-schedule';
import { edit, goOffline, goOnline, placeOrder, shown, syncedDevice } from '../support/synced-device';
import type { Synced } from '../support/synced-device';

async function orderOfCustomer() {
  const synced = await syncedDevice();
  const order = placeOrder(synced.site);
  synced.device.engine.syncNow();
  await synced.device.settle();
  return { ...synced, order: order.name, customer: String(order['customer']) };
}

it('what links to a name that is gone without a trace is read again, and has the new name', async () => {
  const { site, device, order, customer } = await orderOfCustomer();
  site.as('Administrator').rename('Customer', customer, `${customer} 2`);
  // The old name is not here any more, so that nothing tells of which document the new one is the name.
  await device.cache.documents.update(['Customer', customer], { creation: '' });
  device.engine.handle({ kind: 'sync-now' });
  await device.settle();
  expect((await shown(device, 'Sales Order', order))['customer']).toBe(`${customer} 2`);
});

it('a document that was renamed, and what links to it, are found by its new name', async () => {
  const { site, device, order, customer } = await orderOfCustomer();
  site.as('Administrator').rename('Customer', customer, 'Zebra Works');
  device.engine.handle({ kind: 'sync-now' });
  await device.settle();
  const searched = async (doctype: string, name: string) => (await device.cache.documents.get([doctype, name]))?.search.split(/\s+/);
  expect(await searched('Customer', 'Zebra Works')).toEqual(expect.arrayContaining(['zebra', 'works']));
  expect(await searched('Sales Order', order)).toEqual(expect.arrayContaining(['zebra', 'works']));
});

it('a Link that was read between two renames, and hence leads nowhere, is read again at once', async () => {
  const { site, device, order, customer, network } = await orderOfCustomer();
  const admin = site.as('Administrator');
  admin.update('Sales Order', order, { terms: 'for the pull to bring it' });
  const rename = (path: string, from: string, to: string) =>
    once({ path: `/api/resource/${path}` }, { kind: 'meanwhile', before: () => void admin.rename('Customer', from, to) });
  network.now = together(rename('Sales Order', customer, 'Between'), rename('Sales Order Item', 'Between', 'Afterwards'));
  device.engine.syncNow();
  await device.settle();
  expect((await shown(device, 'Sales Order', order))['customer']).toBe('Afterwards');
});

it('a Link of a document that was opened between two renames is read again with the next pull', async () => {
  const { site, device, order, customer } = await orderOfCustomer();
  const admin = site.as('Administrator');
  admin.rename('Customer', customer, 'Between');
  device.engine.handle({ kind: 'refresh', doctype: 'Sales Order', name: order });
  await device.settle();
  expect((await shown(device, 'Sales Order', order))['customer']).toBe('Between');
  admin.rename('Customer', 'Between', 'Afterwards');
  device.engine.syncNow();
  await device.settle();
  expect((await shown(device, 'Sales Order', order))['customer']).toBe('Afterwards');
});

it('a Link in the answer to a save between two renames is read again with the next pull', async () => {
  const { site, device, order, customer, network } = await orderOfCustomer();
  const admin = site.as('Administrator');
  network.now = once({ method: 'PUT' }, { kind: 'meanwhile', before: () => void admin.rename('Customer', customer, 'Between') });
  await edit(device, 'Sales Order', order, { terms: 'to be saved between' });
  await device.settle();
  expect((await shown(device, 'Sales Order', order))['customer']).toBe('Between');
  admin.rename('Customer', 'Between', 'Afterwards');
  device.engine.syncNow();
  await device.settle();
  expect((await shown(device, 'Sales Order', order))['customer']).toBe('Afterwards');
});

it('a Link in an answer that is overtaken by a rename has the new name, too', async () => {
  const { site, device, order, customer, network, time } = await orderOfCustomer();
  const answer = async (ask: () => Promise<Response>): Promise<Response> => {
    const response = await ask();
    await time.sleep(30_000);
    return response;
  };
  network.now = once({ path: /form\.load\.getdoc$/ }, { kind: 'between', answer });
  device.engine.handle({ kind: 'refresh', doctype: 'Sales Order', name: order });
  await device.pass(1_000);
  site.as('Administrator').rename('Customer', customer, 'Renamed Ltd');
  device.engine.handle({ kind: 'sync-now' });
  await device.pass(10_000);
  expect(await shown(device, 'Sales Order', order)).toMatchObject({ customer: 'Renamed Ltd' });
  await device.pass(60_000);
  expect(await shown(device, 'Sales Order', order)).toMatchObject({ customer: 'Renamed Ltd' });
});

it.each([
  ['whose new name is known', async () => undefined],
  [
    'whose new name is not known',
    // The old name is not here any more, so that nothing tells of which document the new one is the name.
    async ({ device, customer }: { device: Device; customer: string }) => {
      await device.cache.documents.update(['Customer', customer], { creation: '' });
    },
  ],
])('a choice between two versions has the Links as they are there, also to a document %s', async (_, forget) => {
  const { site, device, order, customer } = await orderOfCustomer();
  const admin = site.as('Administrator');
  goOffline(device);
  await edit(device, 'Sales Order', order, { po_no: 'mine' });
  admin.update('Sales Order', order, { po_no: 'theirs' });
  await goOnline(device);
  const [parked] = await listOutbox(device.cache);
  expect(parked?.state).toMatchObject({ at: 'parked', problem: { kind: 'conflict', theirs: { customer } } });
  admin.rename('Customer', customer, 'Renamed Ltd');
  await forget({ device, customer });
  device.engine.handle({ kind: 'sync-now' });
  await device.settle();
  await resolve(device.ports, parked?.id ?? '', { kind: 'conflict', choices: [{ path: { fieldname: 'po_no' }, take: 'theirs' }] });
  expect(await shown(device, 'Sales Order', order)).toMatchObject({ po_no: 'theirs', customer: 'Renamed Ltd' });
});

it('a file waits for its document under the name that it was given while the server was asked for it', async () => {
  const { site, device, customer, network } = await orderOfCustomer();
  goOffline(device);
  const file = device.keepFile(new TextEncoder().encode('a plan'));
  await record(device.ports, { kind: 'attach', doctype: 'Customer', name: customer, file, fileName: 'plan.txt', isPrivate: true });
  const renamed = site.as('Administrator').rename('Customer', customer, 'Renamed Ltd');
  // The comparison of names follows the rename while this answer is on its way.
  const path = new RegExp(`/api/resource/Customer/${customer}$`);
  network.now = once({ path }, { kind: 'delay', ms: 30_000 });
  device.engine.handle({ kind: 'work-offline', on: false });
  device.engine.handle({ kind: 'sync-now' });
  await device.pass(120_000);
  expect(await listOutbox(device.cache)).toEqual([]);
  expect(site.documents('File').map((each) => each['attached_to_name'])).toContain(renamed);
});

it('a delete finds its document under the name that it was given meanwhile', async () => {
  const { site, device } = await syncedDevice({ profile: ['Contact'] });
  const { name } = site.as('field@example.com').insert('Contact', { first_name: 'Short-lived' });
  device.engine.syncNow();
  await device.settle();
  goOffline(device);
  await record(device.ports, { kind: 'delete', doctype: 'Contact', name });
  site.as('Administrator').rename('Contact', name, 'LONG-LIVED');
  await goOnline(device);
  expect(await listOutbox(device.cache)).toEqual([]);
  expect(site.document('Contact', 'LONG-LIVED')).toBeUndefined();
});

it('a delete of what is called otherwise by now waits for its person, who saw it under another name', async () => {
  const { site, device } = await orderOfCustomer();
  const name = site.as('field@example.com').insert('Customer', { customer_name: 'Short-lived', customer_type: 'Company' }).name;
  device.engine.syncNow();
  await device.settle();
  goOffline(device);
  await record(device.ports, { kind: 'delete', doctype: 'Customer', name });
  site.as('Administrator').rename('Customer', name, 'Long-lived');
  await goOnline(device);
  expect(await listOutbox(device.cache)).toMatchObject([
    { name: 'Long-lived', state: { problem: { kind: 'changed-before-submit', differences: [{ path: { fieldname: 'customer_name' } }] } } },
  ]);
  expect(site.document('Customer', 'Long-lived')).toBeDefined();
});

it('a delete of what was renamed just before it was to go is not said to be done: a person looks at the new name', async () => {
  const { site, device, network } = await orderOfCustomer();
  const name = site.as('field@example.com').insert('Customer', { customer_name: 'Short-lived', customer_type: 'Company' }).name;
  device.engine.syncNow();
  await device.settle();
  network.now = once(
    { method: 'DELETE', path: '/api/resource/Customer/' },
    { kind: 'meanwhile', before: () => void site.as('Administrator').rename('Customer', name, 'Long-lived') },
  );
  await record(device.ports, { kind: 'delete', doctype: 'Customer', name });
  device.engine.handle({ kind: 'saved' });
  await device.pass(60_000);
  expect(await listOutbox(device.cache)).toMatchObject([
    { name: 'Long-lived', state: { at: 'parked', problem: { kind: 'changed-before-submit' } } },
  ]);
});

it('a document that was used on under its new name is not deleted before a person has looked', async () => {
  const { site, device } = await syncedDevice({ profile: ['Customer'] });
  const name = site.as('field@example.com').insert('Customer', { customer_name: 'Twice Ltd', customer_type: 'Company' }).name;
  device.engine.syncNow();
  await device.settle();
  goOffline(device);
  await record(device.ports, { kind: 'delete', doctype: 'Customer', name });
  const renamed = site.as('Administrator').rename('Customer', name, 'Twice and Sons');
  // As a pull brings it that has not yet compared the names.
  await device.cache.documents.put(
    toRow(site.document('Customer', renamed)!, { doctype: undefined, origin: 'profile', keptAt: device.time.now() }),
  );
  await record(device.ports, { kind: 'comment', doctype: 'Customer', name: renamed, content: 'they moved' });
  await goOnline(device, 60_000);

  expect(site.document('Customer', renamed)).toBeDefined();
  expect((await listOutbox(device.cache)).map(({ operation, state }) => [operation.kind, state.at])).toContainEqual(['delete', 'parked']);
});

/** A customer that was renamed in the office, and stands here under both names. */
async function underBothNames(meanwhile: (synced: Synced, name: string) => Promise<void>) {
  const synced = await syncedDevice({ profile: ['Customer'], random: () => 0.99 });
  const { site, device } = synced;
  const name = site.as('field@example.com').insert('Customer', { customer_name: 'Twice Ltd', customer_type: 'Company' }).name;
  device.engine.syncNow();
  await device.settle();
  await meanwhile(synced, name);
  goOffline(device);
  const renamed = site.as('Administrator').rename('Customer', name, 'Twice and Sons');
  // As a pull brings it that has not yet compared the names.
  await device.cache.documents.put(
    toRow(site.document('Customer', renamed)!, { doctype: undefined, origin: 'profile', keptAt: device.time.now() }),
  );
  return { ...synced, name, renamed };
}

const lostUpdate = (path: string) => once({ method: 'PUT', path: `/api/resource/Customer/${path}` }, { kind: 'drop-answer' });

it('edits under both names arrive one after the other, also where the answer to one is lost', async () => {
  const { site, device, network, requests, name, renamed } = await underBothNames(async () => undefined);
  await edit(device, 'Customer', name, { website: 'twice.example.com' });
  await edit(device, 'Customer', renamed, { customer_details: 'they moved' });
  network.now = lostUpdate(renamed);
  await goOnline(device, 120_000);

  expect(site.document('Customer', renamed)).toMatchObject({ website: 'twice.example.com', customer_details: 'they moved' });
  expect(await listOutbox(device.cache)).toEqual([]);
  expect(requests.filter(({ method }) => method === 'PUT').length).toBeLessThanOrEqual(4);
});

it('also where nobody knows of either whether it arrived', async () => {
  const { site, device, network, requests, renamed } = await underBothNames(async ({ device: here, network: line }, name) => {
    line.now = lostUpdate(name);
    await edit(here, 'Customer', name, { website: 'twice.example.com' });
    here.engine.handle({ kind: 'saved' });
    await here.pass(1_000);
  });
  await edit(device, 'Customer', renamed, { customer_details: 'they moved' });
  expect((await listOutbox(device.cache)).map(({ state }) => state.at)).toEqual(['uncertain', 'queued']);
  network.now = lostUpdate(renamed);
  await goOnline(device, 120_000);

  expect(site.document('Customer', renamed)).toMatchObject({ website: 'twice.example.com', customer_details: 'they moved' });
  expect(await listOutbox(device.cache)).toEqual([]);
  expect(requests.filter(({ method }) => method === 'PUT').length).toBeLessThanOrEqual(4);
});

it('an edit under the old name meets what others wrote since, also where one under the new name is answered first', async () => {
  const { site, device, network, name, renamed } = await underBothNames(async ({ site: there }, customer) => {
    there.as('office@example.com').update('Customer', customer, { customer_details: 'they moved' });
  });
  await edit(device, 'Customer', name, { customer_details: 'they are closed on Mondays' });
  await edit(device, 'Customer', renamed, { website: 'twice.example.com' });
  network.now = once({ method: 'PUT', path: `/api/resource/Customer/${renamed}` }, { kind: 'delay', ms: 5_000 });
  await goOnline(device, 120_000);

  expect(site.document('Customer', renamed)).toMatchObject({ website: 'twice.example.com', customer_details: 'they moved' });
  expect(await listOutbox(device.cache)).toMatchObject([
    {
      operation: { changes: { fields: { customer_details: 'they are closed on Mondays' } } },
      state: { at: 'parked', problem: { kind: 'conflict' } },
    },
  ]);
});

it.each([
  ['is answered late', { kind: 'delay', ms: 5_000 }, true],
  ['is lost', { kind: 'drop-answer' }, false],
  ['did not get there', { kind: 'offline' }, false],
] as const)('what was typed last into a field under both names stands, where the save under the new one %s', async (_, fault, asks) => {
  const { site, device, network, name, renamed } = await underBothNames(async () => undefined);
  await edit(device, 'Customer', name, { website: 'first.example.com' });
  await edit(device, 'Customer', renamed, { website: 'second.example.com' });
  network.now = once({ method: 'PUT', path: `/api/resource/Customer/${renamed}` }, fault);
  await goOnline(device, 300_000);

  expect(site.document('Customer', renamed)).toMatchObject({ website: 'second.example.com' });
  // Where both were on their way when the names were found to be one, the person is asked about what they typed first.
  expect((await listOutbox(device.cache)).map(({ state }) => state)).toMatchObject(
    asks ? [{ at: 'parked', problem: { kind: 'conflict', theirs: { website: 'second.example.com' } } }] : [],
  );
});

it('what was typed last under two names stands where the document has a third by then', async () => {
  const { site, device, name, renamed } = await underBothNames(async () => undefined);
  await edit(device, 'Customer', name, { website: 'first.example.com' });
  await edit(device, 'Customer', renamed, { website: 'second.example.com' });
  site.as('Administrator').rename('Customer', renamed, 'Thrice');
  await goOnline(device, 300_000);

  expect(site.document('Customer', 'Thrice')).toMatchObject({ website: 'second.example.com' });
  expect(await listOutbox(device.cache)).toEqual([]);
});

it('an edit whose document gets its new name here just before it is sent goes to it under that name', async () => {
  let beforeJournal = async (): Promise<void> => undefined;
  const { site, device } = await syncedDevice({
    profile: ['Customer'],
    wrap: (ports) => {
      const append: typeof ports.bridge.journal.append = async (params) => {
        if (params.records.some(({ kind }) => kind === 'sending')) await beforeJournal();
        return ports.bridge.journal.append(params);
      };
      return { ...ports, bridge: { ...ports.bridge, journal: { ...ports.bridge.journal, append } } };
    },
  });
  const name = site.documents('Customer')[0]?.name ?? '';
  goOffline(device);
  await edit(device, 'Customer', name, { website: 'twice.example.com' });
  const to = site.as('Administrator').rename('Customer', name, 'Twice and Sons');
  let raced = false;
  beforeJournal = async () => {
    if (raced) return;
    raced = true;
    await inWorkTransaction(device.cache, () => renameEverywhere(device.ports, { doctype: 'Customer', from: name, to, rows: new Map() }));
  };
  await goOnline(device);

  expect(raced).toBe(true);
  expect(site.document('Customer', to)).toMatchObject({ website: 'twice.example.com' });
  expect(await listOutbox(device.cache)).toEqual([]);
});

it('a delete under the old name waits for its person, also where the new name with what others wrote is here already', async () => {
  const { site, device, name, renamed } = await underBothNames(async ({ site: there }, customer) => {
    there.as('office@example.com').update('Customer', customer, { customer_details: 'they pay again' });
  });
  await record(device.ports, { kind: 'delete', doctype: 'Customer', name });
  await goOnline(device, 60_000);

  expect(site.document('Customer', renamed)).toBeDefined();
  const [entry] = await listOutbox(device.cache);
  expect(entry).toMatchObject({ name: renamed, state: { at: 'parked', problem: { kind: 'changed-before-submit' } } });
  expect(JSON.stringify(entry?.state)).toContain('they pay again');
});

it('who takes back what waited under the old name has what came under the new one', async () => {
  const { site, device } = await syncedDevice({ profile: ['Customer'] });
  const office = site.as('office@example.com');
  const name = site.documents('Customer')[0]?.name ?? '';
  await edit(device, 'Customer', name, { customer_type: '' });
  await device.settle();
  office.update('Customer', name, { customer_details: 'they pay again' });
  const to = site.as('Administrator').rename('Customer', name, 'Twice and Sons');
  // So long that no pull looks back as far, and not so long that names are compared.
  for (const each of [1, 2, 3]) {
    await device.pass(10 * 60_000);
    office.insert('Customer', { customer_name: `Another ${each}`, customer_type: 'Company' });
  }
  await device.pass(10 * 60_000);
  expect(
    await device.cache.documents.bulkGet([
      ['Customer', name],
      ['Customer', to],
    ]),
  ).toMatchObject([{ mark: 'needs-you' }, {}]);
  device.engine.handle({ kind: 'sync-now' });
  await device.settle();
  const [entry] = await listOutbox(device.cache);
  expect(entry).toMatchObject({ name: to, state: { at: 'parked', problem: { kind: 'refused' } } });
  await undo(device.ports, entry?.id ?? '');

  const { modified, customer_details } = site.document('Customer', to)!;
  expect(await shown(device, 'Customer', to)).toMatchObject({ modified, customer_details, customer_type: 'Company' });
});

it('an edit whose document gets its new name here while its save is answered ends under that name', async () => {
  const { site, device, network } = await syncedDevice({ profile: ['Customer'], random: () => 0.99 });
  const name = site.documents('Customer')[0]?.name ?? '';
  const to = 'Twice and Sons';
  const renamed = async (): Promise<void> => {
    site.as('Administrator').rename('Customer', name, to);
    await inWorkTransaction(device.cache, () => renameEverywhere(device.ports, { doctype: 'Customer', from: name, to, rows: new Map() }));
  };
  network.now = once(
    { method: 'PUT' },
    {
      kind: 'between',
      answer: async (ask) => {
        const answer = await ask();
        await renamed();
        return answer;
      },
    },
  );
  await edit(device, 'Customer', name, { website: 'twice.example.com' });
  await device.settle();

  expect(await listReceipts(device.cache, 1)).toMatchObject([{ kind: 'update', name: to }]);
  expect((await device.cache.documents.get(['Customer', to]))?.mark).toBeUndefined();
  expect(await shown(device, 'Customer', to)).toMatchObject({ website: 'twice.example.com' });
});
