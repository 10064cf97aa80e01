import { describe, expect, it } from 'vitest';
import { rowsOf } from '@shared/erp/document';
import { listOutbox, retry } from '../../renderer/cache/outbox';
import { record } from '../../renderer/cache/record';
import { markerCustomField } from '@shared/sync/marker';
import { createDemoSite } from '../../electron/demo/site';
import type { DemoSite } from '../../electron/demo/site';
import { orderValues } from '../simulation/company';
import type { Device } from '../support/device';
import type { Fault } from '../support/faults';
import { once, times, together } from '../support/faults-schedule';
import { addRow, edit, goOffline, syncedDevice } from '../support/synced-device';
import { VirtualTime } from '../support/virtual-time';

const field = 'field@example.com';
const doctype = 'Sales Order';

/** The person may read nothing any more; answers what takes that back. */
function takeRoles(site: DemoSite): () => void {
  const roles = [...(site.people.find(({ name }) => name === field)?.roles ?? [])];
  site.setRoles(field, []);
  return () => site.setRoles(field, roles);
}

/** The person may see what concerns one such document alone; answers what takes that back. */
function narrowTo(site: DemoSite, allow: string, name: string): () => void {
  const values = { user: field, allow, for_value: name, apply_to_all_doctypes: 1 };
  const permission = site.as('Administrator').insert('User Permission', values);
  return () => void site.as('Administrator').delete('User Permission', permission.name);
}

async function orderInDoubt(createMarker: 'negative-idx' | 'look-up') {
  const { site, device, network } = await syncedDevice({ settings: { createMarker }, random: () => 0.99 });
  const before = site.documents(doctype).length;
  goOffline(device);
  network.now = once({ method: 'POST', path: '/api/resource/Sales Order' }, { kind: 'drop-answer' });
  const { name } = await record(device.ports, { kind: 'create', doctype, values: orderValues(site, 0) });
  device.engine.handle({ kind: 'work-offline', on: false });
  await device.settle();
  expect(await listOutbox(device.cache)).toMatchObject([{ state: { at: 'uncertain' }, unanswered: true }]);
  const tryAgain = async (): Promise<void> => {
    for (const { id, state } of await listOutbox(device.cache)) if (state.at === 'parked') await retry(device.ports, id);
    device.engine.handle({ kind: 'saved' });
    await device.pass(20 * 60_000);
  };
  return { site, device, name, tryAgain, made: () => site.documents(doctype).length - before };
}

describe.each(['negative-idx', 'look-up'] as const)('a create in doubt, looked for by %s', (marker) => {
  it('is looked for before it is sent again, once its person may see it again', async () => {
    const { site, device, tryAgain, made } = await orderInDoubt(marker);
    const giveBack = takeRoles(site);
    await device.pass(60_000);
    expect(await listOutbox(device.cache)).toMatchObject([{ state: { at: 'parked', problem: { kind: 'refused' } } }]);
    giveBack();
    await tryAgain();
    expect(await listOutbox(device.cache)).toEqual([]);
    expect(made()).toBe(1);
  });

  it('is not sent with what was typed since over what may be there', async () => {
    const { site, device, name, tryAgain, made } = await orderInDoubt(marker);
    const giveBack = takeRoles(site);
    await device.pass(60_000);
    await edit(device, doctype, name, { po_no: 'typed since' });
    giveBack();
    await tryAgain();
    expect(await listOutbox(device.cache)).toEqual([]);
    expect(made()).toBe(1);
    expect(site.documents(doctype).at(-1)).toMatchObject({ po_no: 'typed since' });
  });

  it('is looked for again where it could not be seen for a while, by a User Permission', async () => {
    const { site, device, tryAgain, made } = await orderInDoubt(marker);
    const customers = site.documents('Customer').map(({ name }) => name);
    const giveBack = narrowTo(site, 'Customer', customers.find((name) => name !== site.documents(doctype).at(-1)?.['customer']) ?? '');
    await device.pass(20 * 60_000);
    expect(await listOutbox(device.cache)).toMatchObject([{ state: { at: 'parked' } }]);
    giveBack();
    await tryAgain();
    expect(await listOutbox(device.cache)).toEqual([]);
    expect(made()).toBe(1);
  });
});

/** Types into the order while nobody knows whether it arrived: its terms, and a row of the item that it has already. */
async function typeOn(device: Device, name: string): Promise<void> {
  await edit(device, doctype, name, { terms: 'typed since' });
  await addRow(device, name, { qty: 7 });
}

describe('what was typed into an order that was looked for in vain, and sent again', () => {
  it('reaches the one that was there all the while, out of sight', async () => {
    const { site, device, name, tryAgain, made } = await orderInDoubt('negative-idx');
    const customers = site.documents('Customer').map((each) => each.name);
    const order = site.documents(doctype).at(-1);
    const giveBack = narrowTo(site, 'Customer', customers.find((each) => each !== order?.['customer']) ?? '');
    await typeOn(device, name);
    await device.pass(20 * 60_000);
    expect(await listOutbox(device.cache)).toMatchObject([{ operation: { values: { terms: 'typed since' } }, state: { at: 'parked' } }]);
    giveBack();
    await tryAgain();
    expect(await listOutbox(device.cache)).toEqual([]);
    expect(made()).toBe(1);
    expect(site.document(doctype, order?.name ?? '')).toMatchObject({ terms: 'typed since' });
    expect(rowsOf(site.document(doctype, order?.name ?? '') ?? {}, 'items').map(({ qty }) => qty)).toEqual([1, 7]);
  });

  it('is there once where it was the later attempt that arrived', async () => {
    const { site, device, network } = await syncedDevice({ settings: { createMarker: 'negative-idx' }, random: () => 0.99 });
    const before = site.documents(doctype).map((each) => each.name);
    const post = { method: 'POST', path: `/api/resource/${doctype}` };
    goOffline(device);
    network.now = together(once(post, { kind: 'drop-request' }), once(post, { kind: 'drop-answer' }));
    const { name } = await record(device.ports, { kind: 'create', doctype, values: orderValues(site, 0) });
    device.engine.handle({ kind: 'work-offline', on: false });
    await device.settle();
    await typeOn(device, name);
    await device.pass(20 * 60_000);
    expect(await listOutbox(device.cache)).toEqual([]);
    const made = site.documents(doctype).filter((each) => !before.includes(each.name));
    expect(made).toMatchObject([{ terms: 'typed since' }]);
    expect(rowsOf(made[0] ?? {}, 'items').map(({ qty }) => qty)).toEqual([1, 7]);
  });
});

it('a create that is hidden under its name is looked for again when its person says so', async () => {
  const { site, device, network } = await syncedDevice({ profile: ['Item'], random: () => 0.99 });
  site.setRoles(field, [...(site.people.find(({ name }) => name === field)?.roles ?? []), 'Item Manager']);
  const [other] = site.documents('Item');
  const values = {
    item_code: 'IN-DOUBT',
    item_name: 'In doubt',
    item_group: other?.['item_group'] ?? '',
    stock_uom: other?.['stock_uom'] ?? '',
  };
  goOffline(device);
  network.now = once({ method: 'POST', path: '/api/resource/Item' }, { kind: 'drop-answer' });
  await record(device.ports, { kind: 'create', doctype: 'Item', values });
  device.engine.handle({ kind: 'work-offline', on: false });
  await device.settle();
  const giveBack = narrowTo(site, 'Item', other?.name ?? '');
  await device.pass(10 * 60_000);
  const [hidden] = await listOutbox(device.cache);
  expect(hidden?.state).toMatchObject({ at: 'parked', problem: { kind: 'missing', how: 'hidden' } });
  giveBack();
  await retry(device.ports, hidden?.id ?? '');
  device.engine.handle({ kind: 'saved' });
  await device.pass(10 * 60_000);
  expect(await listOutbox(device.cache)).toEqual([]);
  expect(site.documents('Item').filter(({ name }) => name === 'IN-DOUBT')).toHaveLength(1);
});

it('a create that was looked for, sent again and refused for what it says is sent with what its person changed', async () => {
  const { site, device, network } = await syncedDevice({ settings: { createMarker: 'negative-idx' }, random: () => 0.99 });
  const before = site.documents(doctype).length;
  goOffline(device);
  network.now = once({ method: 'POST', path: '/api/resource/Sales Order' }, { kind: 'drop-request' });
  const { customer, ...values } = orderValues(site, 0);
  const { name } = await record(device.ports, { kind: 'create', doctype, values });
  device.engine.handle({ kind: 'work-offline', on: false });
  await device.pass(20 * 60_000);
  const [create] = await listOutbox(device.cache);
  expect(create).toMatchObject({ state: { at: 'parked', problem: { kind: 'refused' } } });
  await edit(device, doctype, name, { customer: customer ?? '' });
  // What was refused may be so because an earlier attempt is there, out of sight: its person asks for the next.
  await retry(device.ports, create?.id ?? '');
  device.engine.handle({ kind: 'saved' });
  await device.pass(20 * 60_000);
  expect(await listOutbox(device.cache)).toEqual([]);
  expect(site.documents(doctype)).toHaveLength(before + 1);
});

describe('an order that the site hides from who sent it, and would take once more', () => {
  async function hiddenOrder(marked: 'unique field' | 'negative idx') {
    const time = new VirtualTime();
    const site = createDemoSite({ now: time.now, scale: 8 });
    if (marked === 'unique field') site.as('Administrator').insert('Custom Field', markerCustomField(doctype));
    const { device, network } = await syncedDevice({ site, time, random: () => 0.99 });
    const before = site.documents(doctype).length;
    goOffline(device);
    const nothing: Fault = {
      kind: 'between',
      answer: async () => Response.json({ data: [] }, { headers: { date: new Date(time.now()).toUTCString() } }),
    };
    network.now = together(
      once({ method: 'POST', path: `/api/resource/${doctype}` }, { kind: 'drop-answer' }),
      times(Infinity, { method: 'GET', path: `/api/resource/${doctype}` }, nothing),
    );
    await record(device.ports, { kind: 'create', doctype, values: orderValues(site, 0) });
    device.engine.handle({ kind: 'work-offline', on: false });
    await device.pass(20 * 60_000);
    return { made: site.documents(doctype).length - before, left: await listOutbox(device.cache) };
  }

  it('is not made twice where a unique field marks it', async () => {
    const { made, left } = await hiddenOrder('unique field');
    expect(made).toBe(1);
    expect(left).toMatchObject([{ unanswered: true, state: { at: 'parked', problem: { kind: 'refused' } } }]);
  });

  it('is made twice where only a negative idx does, which is a limit', async () => {
    const { made, left } = await hiddenOrder('negative idx');
    expect(made).toBe(2);
    expect(left).toEqual([]);
  });
});
