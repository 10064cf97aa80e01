import { describe, expect, it } from 'vitest';
import type { Doc, DocumentValues } from '@shared/erp/document';
import { listOutbox, resolve } from '../../renderer/cache/outbox';
import type { Resolution } from '../../renderer/cache/outbox';
import { record } from '../../renderer/cache/record';
import { orderValues } from '../simulation/company';
import { once, together } from '../support/faults-schedule';
import { edit, goOffline, goOnline, syncedDevice } from '../support/synced-device';

/** The answer to an order was lost, and the same person made one like it at a desk meanwhile; then the one made here is edited. */
async function editedInDoubt() {
  const { site, device, network } = await syncedDevice({ settings: { createMarker: 'look-up' } });
  const before = new Set(site.documents('Sales Order').map(({ name }) => name));
  network.now = once({ method: 'POST', path: '/api/resource/' }, { kind: 'drop-answer' });
  const { name } = await record(device.ports, {
    kind: 'create',
    doctype: 'Sales Order',
    values: { ...orderValues(site, 0), terms: 'made here' },
  });
  device.engine.handle({ kind: 'saved' });
  await device.settle();
  site.as('field@example.com').insert('Sales Order', { ...orderValues(site, 0), terms: 'made at a desk' });
  await device.pass(600_000);
  const [create] = await listOutbox(device.cache);
  expect(create?.state).toMatchObject({ at: 'parked', problem: { kind: 'may-exist' } });
  await edit(device, 'Sales Order', name, { po_no: 'typed in doubt' });

  const made = () => site.documents('Sales Order').filter((order) => !before.has(order.name));
  const decide = async (resolution: Resolution): Promise<void> => {
    await resolve(device.ports, create?.id ?? '', resolution);
    device.engine.handle({ kind: 'saved' });
    await device.pass(600_000);
    expect(await listOutbox(device.cache)).toEqual([]);
  };
  return { made, decide };
}

const of = (terms: string, orders: Doc[]): Doc[] => orders.filter((order) => order['terms'] === terms);

it('a look-up that may be wrong waits until what was sent cannot come any more, and then names all that are alike', async () => {
  const { site, device, network } = await syncedDevice({ settings: { createMarker: 'look-up' } });
  const before = new Set(site.documents('Sales Order').map(({ name }) => name));
  network.now = once({ method: 'POST', path: '/api/resource/' }, { kind: 'commit-late', ms: 100_000 });
  await record(device.ports, { kind: 'create', doctype: 'Sales Order', values: { ...orderValues(site, 0), terms: 'made here' } });
  device.engine.handle({ kind: 'saved' });
  await device.settle();
  for (const terms of ['made at a desk', 'made at a desk, too'])
    site.as('field@example.com').insert('Sales Order', { ...orderValues(site, 0), terms });
  await device.pass(90_000);
  expect(await listOutbox(device.cache)).toMatchObject([{ state: { at: 'uncertain' } }]);
  await device.pass(600_000);

  const made = site.documents('Sales Order').filter((order) => !before.has(order.name));
  expect(made).toHaveLength(3);
  const [entry] = await listOutbox(device.cache);
  const { state } = entry ?? {};
  const alike = state?.at === 'parked' && state.problem.kind === 'may-exist' ? state.problem.candidates.map(({ name }) => name) : [];
  expect(alike.toSorted()).toEqual(made.map(({ name }) => name).toSorted());
});

it('an order whose customer got another name there may be the one that was sent: a person is asked, and nothing is sent', async () => {
  const { site, device, network } = await syncedDevice({ settings: { createMarker: 'look-up' } });
  const before = new Set(site.documents('Sales Order').map(({ name }) => name));
  const values = orderValues(site, 0);
  network.now = once({ method: 'POST', path: '/api/resource/' }, { kind: 'drop-answer' });
  await record(device.ports, { kind: 'create', doctype: 'Sales Order', values });
  device.engine.handle({ kind: 'saved' });
  await device.settle();
  site.as('Administrator').rename('Customer', values.customer, 'Renamed Ltd');
  await device.pass(600_000);

  const [order, ...others] = site.documents('Sales Order').filter(({ name }) => !before.has(name));
  expect(others).toEqual([]);
  expect(await listOutbox(device.cache)).toMatchObject([
    { state: { at: 'parked', problem: { kind: 'may-exist', candidates: [{ name: order?.name }] } } },
  ]);
});

it('an order whose rows somebody has changed since may be the one that was sent: a person is asked', async () => {
  const { site, device, network } = await syncedDevice({ settings: { createMarker: 'look-up' } });
  const before = new Set(site.documents('Sales Order').map(({ name }) => name));
  network.now = once({ method: 'POST', path: '/api/resource/' }, { kind: 'drop-answer' });
  await record(device.ports, { kind: 'create', doctype: 'Sales Order', values: orderValues(site, 0) });
  device.engine.handle({ kind: 'saved' });
  await device.settle();
  const made = () => site.documents('Sales Order').filter((order) => !before.has(order.name));
  const [order] = made();
  site.as('office@example.com').update('Sales Order', order?.name ?? '', { items: orderValues(site, 1)['items'] });
  await device.pass(600_000);

  expect(made()).toHaveLength(1);
  expect(await listOutbox(device.cache)).toMatchObject([
    { state: { at: 'parked', problem: { kind: 'may-exist', candidates: [{ name: order?.name }] } } },
  ]);
});

describe('two orders made here that a look-up cannot tell apart', () => {
  /** The first never got to the server, the second one's answer was lost. */
  async function twoInDoubt(first: DocumentValues, second: DocumentValues) {
    const { site, device, network } = await syncedDevice({ settings: { createMarker: 'look-up' }, random: () => 0.99 });
    const before = new Set(site.documents('Sales Order').map(({ name }) => name));
    const match = { method: 'POST', path: '/api/resource/Sales Order' };
    goOffline(device);
    for (const values of [first, second])
      await record(device.ports, { kind: 'create', doctype: 'Sales Order', values: { ...orderValues(site, 0), ...values } });
    network.now = together(once(match, { kind: 'drop-request' }), once(match, { kind: 'drop-answer' }));
    await goOnline(device, 600_000);
    return { device, made: () => site.documents('Sales Order').filter((order) => !before.has(order.name)) };
  }

  it('are told apart by what was typed, where it differs', async () => {
    const { device, made } = await twoInDoubt({ po_no: 'PO-1' }, { po_no: 'PO-2' });
    expect(await listOutbox(device.cache)).toEqual([]);
    expect(made()).toMatchObject([{ po_no: 'PO-2' }, { po_no: 'PO-1' }]);
  });

  it('are both laid before a person, who knows which of them is there, and then nothing is lost or doubled', async () => {
    const { device, made } = await twoInDoubt({ terms: 'the first' }, { terms: 'the second' });
    const [lost, arrived] = await listOutbox(device.cache);
    expect([lost, arrived]).toMatchObject([
      { state: { problem: { kind: 'may-exist', candidates: [{ name: made()[0]?.name }] } } },
      { state: { problem: { kind: 'may-exist', candidates: [{ name: made()[0]?.name }] } } },
    ]);

    await resolve(device.ports, arrived?.id ?? '', { kind: 'adopt', name: made()[0]?.name ?? '' });
    await resolve(device.ports, lost?.id ?? '', { kind: 'send-anyway' });
    device.engine.handle({ kind: 'saved' });
    await device.pass(60_000);

    expect(await listOutbox(device.cache)).toEqual([]);
    expect(made().map((order) => order['terms'])).toEqual(['the second', 'the first']);
  });
});

describe('what is typed while nobody knows whether a new document is there', () => {
  it('reaches the one that a person says it is', async () => {
    const { made, decide } = await editedInDoubt();
    await decide({ kind: 'adopt', name: of('made here', made())[0]?.name ?? '' });

    expect(of('made here', made())).toMatchObject([{ po_no: 'typed in doubt' }]);
    expect(of('made at a desk', made())).toHaveLength(1);
  });

  it('goes with the new one where a person says that it is another', async () => {
    const { made, decide } = await editedInDoubt();
    await decide({ kind: 'send-anyway' });

    expect(of('made here', made()).filter((order) => order['po_no'] === 'typed in doubt')).toHaveLength(1);
  });
});
