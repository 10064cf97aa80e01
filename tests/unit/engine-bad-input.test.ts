import { describe, expect, it } from 'vitest';
import { rowsOf } from '@shared/erp/document';
import { countDocuments } from '../../renderer/cache/documents';
import { listOutbox } from '../../renderer/cache/outbox';
import { record } from '../../renderer/cache/record';
import { orderValues } from '../simulation/company';
import type { Fault } from '../support/faults';
import { times } from '../support/faults-schedule';
import { edit, goOffline, goOnline, shown, syncedDevice } from '../support/synced-device';

describe('a DocType of the profile', () => {
  it('that the site does not have is told in words, and the others are kept up to date', async () => {
    const { site, device } = await syncedDevice({ profile: ['No Such DocType', 'Customer'] });
    const { pulls, lastSync, connectivity } = device.engine.state;
    expect(pulls['No Such DocType']).toMatchObject({ state: 'failed', error: { code: 'forbidden' } });
    expect(pulls['No Such DocType']?.error?.message).toMatch(/has no No Such DocType, or you may not read it/);
    expect(pulls['Customer']).toMatchObject({ state: 'done', error: null });
    expect([lastSync !== null, connectivity.kind]).toEqual([true, 'online']);
    expect((await countDocuments(device.cache))['Customer']?.total).toBe(site.documents('Customer').length);
  });

  it('whose description the server fails on is said to have failed there, not to be forbidden, and comes the next time', async () => {
    const { site, device, network } = await syncedDevice({ profile: ['Customer'] });
    await device.useProfile(['Supplier', 'Customer']);
    network.now = times(1, { path: '/api/method/frappe.desk.form.load.getdoctype' }, { kind: 'server-error', excType: 'ImportError' });
    device.engine.syncNow();
    await device.settle();
    expect(device.engine.state.pulls['Supplier']).toMatchObject({ state: 'failed', error: { code: 'server-error' } });
    expect(device.engine.state.pulls['Supplier']?.error?.message).toMatch(/The server failed on this request/);
    expect(device.engine.state.pulls['Customer']).toMatchObject({ state: 'done' });
    device.engine.syncNow();
    await device.settle();
    expect((await countDocuments(device.cache))['Supplier']?.total).toBe(site.documents('Supplier').length);
  });
});

/** A server, or something before it, that writes every number as text. */
const numbersAsText: Fault = {
  kind: 'between',
  answer: async (ask) => {
    const response = await ask();
    const text = await response.text();
    const changed = JSON.stringify(JSON.parse(text), (_key, value: unknown) => (typeof value === 'number' ? String(value) : value));
    return new Response(changed, { status: response.status, headers: response.headers });
  },
};

describe('numbers that come as text', () => {
  it('are taken for what they mean: edits merge, rows keep their order, and a submit is found to be done', async () => {
    const { site, device, network } = await syncedDevice();
    const items = [0, 1, 2].flatMap((which) => rowsOf(orderValues(site, which), 'items'));
    const order = site.as('field@example.com').insert('Sales Order', { ...orderValues(site, 0), items });
    network.now = () => numbersAsText;
    device.engine.syncNow();
    await device.settle();
    const here = await shown(device, 'Sales Order', order.name);
    expect(rowsOf(here, 'items').map((row) => row.name)).toEqual(rowsOf(order, 'items').map((row) => row.name));
    expect(here.docstatus).toBe(0);

    goOffline(device);
    await edit(device, 'Sales Order', order.name, { po_no: 'mine' });
    site.as('office@example.com').update('Sales Order', order.name, { additional_notes: 'theirs', customer_address: '' });
    await goOnline(device);
    expect(await listOutbox(device.cache)).toEqual([]);
    expect(site.document('Sales Order', order.name)).toMatchObject({ po_no: 'mine' });

    goOffline(device);
    await record(device.ports, { kind: 'submit', doctype: 'Sales Order', name: order.name });
    let lost = false;
    network.now = (request) => {
      if (request.method !== 'PUT' || lost) return numbersAsText;
      lost = true;
      return { kind: 'drop-answer' };
    };
    await goOnline(device, 60_000);
    expect(await listOutbox(device.cache)).toEqual([]);
    expect(site.document('Sales Order', order.name)?.docstatus).toBe(1);
    expect((await shown(device, 'Sales Order', order.name)).docstatus).toBe(1);
  });
});

describe('a document of 5 MB', () => {
  it('comes whole, is edited, and goes back whole, while the others come and go as ever', async () => {
    const { site, device } = await syncedDevice({ profile: ['Customer'] });
    const [large = '', small = ''] = site.documents('Customer').map(({ name }) => name);
    const text = 'äöü 5 MB '.repeat(480_000);
    site.as('office@example.com').update('Customer', large, { customer_details: text });
    device.engine.syncNow();
    await device.settle();
    expect((await shown(device, 'Customer', large))['customer_details']).toBe(text);

    goOffline(device);
    await edit(device, 'Customer', large, { customer_details: `${text}mine`, website: 'large.example' });
    await edit(device, 'Customer', small, { website: 'small.example' });
    await goOnline(device);
    expect(await listOutbox(device.cache)).toEqual([]);
    expect(site.document('Customer', large)).toMatchObject({ customer_details: `${text}mine`, website: 'large.example' });
    expect(site.document('Customer', small)?.['website']).toBe('small.example');
  });

  it('that has grown too large to be sent is parked with words for it, and the others go', async () => {
    const { site, device } = await syncedDevice({ profile: ['Customer'] });
    const [large = '', small = ''] = site.documents('Customer').map(({ name }) => name);
    goOffline(device);
    await edit(device, 'Customer', large, { customer_details: 'x'.repeat(11 * 1024 * 1024) });
    await edit(device, 'Customer', small, { website: 'small.example' });
    await goOnline(device);
    const problem = {
      kind: 'refused',
      code: 'too-large',
      message: expect.stringMatching(/document is too large to be sent \(over 10 MB\)/),
    };
    expect(await listOutbox(device.cache)).toMatchObject([{ name: large, state: { at: 'parked', problem } }]);
    expect(site.document('Customer', small)?.['website']).toBe('small.example');
  });
});

describe('a page of documents that are too large to be taken at once', () => {
  /** So much is more than this app takes in one answer. */
  const tooMuch: Fault = {
    kind: 'between',
    answer: async () => {
      let left = 65;
      const piece = new Uint8Array(1024 * 1024).fill(32);
      const pull = (controller: ReadableStreamDefaultController<Uint8Array>): void => {
        controller.enqueue(piece);
        if ((left -= 1) === 0) controller.close();
      };
      return new Response(new ReadableStream({ pull }), { headers: { 'content-type': 'application/json' } });
    },
  };
  const whole = (url: URL): boolean => url.pathname === '/api/resource/Customer' && url.searchParams.get('fields') === '["*"]';

  it('is asked for in smaller ones', async () => {
    const { site, device, network } = await syncedDevice({ profile: ['Item'] });
    network.now = (request) => {
      const url = new URL(request.url);
      return whole(url) && Number(url.searchParams.get('limit_page_length')) > 30 ? tooMuch : undefined;
    };
    await device.useProfile(['Customer']);
    device.engine.syncNow();
    await device.settle();
    expect(device.engine.state.pulls['Customer']).toMatchObject({ state: 'done', error: null });
    expect((await countDocuments(device.cache))['Customer']?.total).toBe(site.documents('Customer').length);

    for (const { name } of site.documents('Customer').slice(0, 35))
      site.as('office@example.com').update('Customer', name, { website: 'new' });
    device.engine.syncNow();
    await device.settle();
    expect(device.engine.state.pulls['Customer']).toMatchObject({ state: 'done', done: 35, error: null });
  });
});

describe('a child table of 500 rows', () => {
  it('comes in its order, and one cell, one row less and one more are sent without touching the others', async () => {
    const { site, device } = await syncedDevice();
    const [row] = rowsOf(orderValues(site, 0), 'items');
    const many = Array.from({ length: 500 }, (_, position) => ({ ...row, name: '', qty: position + 1 }));
    const order = site.as('field@example.com').insert('Sales Order', { ...orderValues(site, 0), items: many });
    device.engine.syncNow();
    await device.settle();
    const here = rowsOf(await shown(device, 'Sales Order', order.name), 'items');
    expect(here.map(({ name }) => name)).toEqual(rowsOf(order, 'items').map(({ name }) => name));

    goOffline(device);
    const items = here.filter((_, position) => position !== 9).map((each, position) => (position === 299 ? { ...each, qty: 7_000 } : each));
    await edit(device, 'Sales Order', order.name, { items: [...items, { ...row, name: '', qty: 9_000 }] });
    const theirs = rowsOf(order, 'items').map((each, position) => (position === 400 ? { ...each, qty: 8_000 } : each));
    site.as('office@example.com').update('Sales Order', order.name, { items: theirs });
    await goOnline(device);
    expect(await listOutbox(device.cache)).toEqual([]);
    const wanted = many.map(({ qty }, position) => (position === 300 ? 7_000 : position === 400 ? 8_000 : qty)).filter((_, at) => at !== 9);
    expect(rowsOf(site.document('Sales Order', order.name) ?? {}, 'items').map(({ qty }) => qty)).toEqual([...wanted, 9_000]);
  });
});
