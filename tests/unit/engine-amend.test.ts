import { describe, expect, it } from 'vitest';
import { rowsOf } from '@shared/erp/document';
import type { Doc, DocumentValues } from '@shared/erp/document';
import { amend as amendedFrom } from '@shared/form/amend';
import { listOutbox } from '../../renderer/cache/outbox';
import { record } from '../../renderer/cache/record';
import { readDocType } from '../../renderer/cache/doctypes';
import { once } from '../support/faults-schedule';
import { goOffline, goOnline, placeOrder, shown, syncedDevice } from '../support/synced-device';
import type { Synced } from '../support/synced-device';

/** A submitted order, here and there. */
async function submittedOrder(options: Parameters<typeof syncedDevice>[0] = {}) {
  const synced = await syncedDevice(options);
  const order = placeOrder(synced.site);
  synced.site.as('field@example.com').submit('Sales Order', order.name);
  synced.device.engine.syncNow();
  await synced.device.settle();
  return { ...synced, name: order.name };
}

/** One that was cancelled there, and is known so here. */
async function cancelledOrder(createMarker: 'negative-idx' | 'look-up') {
  const ordered = await submittedOrder({ settings: { createMarker } });
  ordered.site.as('field@example.com').cancel('Sales Order', ordered.name);
  ordered.device.engine.syncNow();
  await ordered.device.settle();
  return ordered;
}

async function amend({ device }: Pick<Synced, 'device'>, name: string, changed = {}): Promise<string> {
  const bundle = await readDocType(device.cache, 'Sales Order');
  if (bundle === undefined) throw new Error('no metadata');
  let row = 0;
  const values = amendedFrom(bundle, await shown(device, 'Sales Order', name), () => `fb-new-${(row += 1)}`);
  const made = await record(device.ports, { kind: 'create', doctype: 'Sales Order', values: { ...values, ...changed } });
  device.engine.handle({ kind: 'saved' });
  return made.name;
}

/** What a person would enter of a document, without what the server made of it. */
const placed = (doc: Doc | undefined): DocumentValues => ({
  company: doc?.['company'],
  delivery_date: doc?.['delivery_date'],
  items: rowsOf(doc ?? {}, 'items').map(({ item_code, qty, rate, delivery_date }) => ({ name: '', item_code, qty, rate, delivery_date })),
});

describe('an amendment', () => {
  it('made offline waits for the cancel of the document that it amends, whatever the order of answers', async () => {
    const { site, device, name, network, requests } = await submittedOrder();
    goOffline(device);
    await record(device.ports, { kind: 'cancel', doctype: 'Sales Order', name });
    const amended = await amend({ device }, name);
    network.now = once({ method: 'PUT', path: '/api/resource/Sales Order' }, { kind: 'drop-request' });
    await goOnline(device, 60_000);

    expect(await listOutbox(device.cache)).toEqual([]);
    const writes = requests.filter(({ method, url }) => method !== 'GET' && url.includes('/api/resource/Sales%20Order'));
    expect(writes.map(({ method }) => method)).toEqual(['PUT', 'PUT', 'POST']);
    expect(site.document('Sales Order', name)).toMatchObject({ docstatus: 2 });
    expect(site.document('Sales Order', `${name}-1`)).toMatchObject({ docstatus: 0, amended_from: name });
    expect((await shown(device, 'Sales Order', amended)).name).toBe(`${name}-1`);
  });

  it('whose answer was lost is found by what it amends, and not made twice', async () => {
    const { site, device, name, network } = await cancelledOrder('look-up');
    network.now = once({ method: 'POST', path: '/api/resource/Sales Order' }, { kind: 'drop-answer' });
    await amend({ device }, name);
    await device.pass(5 * 60_000);

    expect(await listOutbox(device.cache)).toEqual([]);
    expect(site.documents('Sales Order').filter((doc) => doc['amended_from'] === name)).toHaveLength(1);
  });

  it('of what was amended meanwhile needs a person, who sees the server’s words or the other amendment', async () => {
    for (const createMarker of ['negative-idx', 'look-up'] as const) {
      const { site, device, name } = await cancelledOrder(createMarker);
      goOffline(device);
      await amend({ device }, name, { po_no: 'typed here' });
      const customer = site.documents('Customer')[1]?.name;
      site.as('field@example.com').insert('Sales Order', { ...placed(site.document('Sales Order', name)), amended_from: name, customer });
      await goOnline(device);

      const [entry] = await listOutbox(device.cache);
      expect(entry?.state).toMatchObject({ at: 'parked', problem: { kind: createMarker === 'look-up' ? 'may-exist' : 'refused' } });
      expect(site.documents('Sales Order').filter((doc) => doc['amended_from'] === name)).toHaveLength(1);
    }
  });

  it('that never arrived is not taken for one that its person made at a desk, with other words in it', async () => {
    const { site, device, name, network } = await cancelledOrder('look-up');
    network.now = once({ method: 'POST', path: '/api/resource/Sales Order' }, { kind: 'drop-request' });
    await amend({ device }, name, { po_no: 'typed here' });
    await device.pass(1_000);
    const original = site.document('Sales Order', name);
    const customer = original?.['customer'];
    site.as('field@example.com').insert('Sales Order', { ...placed(original), amended_from: name, customer, po_no: 'typed at a desk' });
    await device.pass(10 * 60_000);

    expect(await listOutbox(device.cache)).toMatchObject([
      { state: { at: 'parked', problem: { kind: 'may-exist' } }, operation: { values: { po_no: 'typed here' } } },
    ]);
  });

  it('made a second time on one device is not taken for the first: what was typed in it waits for a person', async () => {
    for (const createMarker of ['negative-idx', 'look-up'] as const) {
      const { site, device, name } = await cancelledOrder(createMarker);
      goOffline(device);
      await amend({ device }, name, { po_no: 'typed first' });
      const second = await amend({ device }, name, { po_no: 'typed then' });
      await goOnline(device, 60_000);

      const left = await listOutbox(device.cache);
      expect(left).toMatchObject([{ name: second, state: { at: 'parked' }, operation: { values: { po_no: 'typed then' } } }]);
      expect(site.documents('Sales Order').filter((doc) => doc['amended_from'] === name)).toMatchObject([{ po_no: 'typed first' }]);
    }
  });
});
