import { describe, expect, it } from 'vitest';
import { listOutbox } from '../../renderer/cache/outbox';
import { record } from '../../renderer/cache/record';
import { orderValues } from '../simulation/company';
import { once } from '../support/faults-schedule';
import { edit, syncedDevice } from '../support/synced-device';

const settings = { createMarker: 'negative-idx' } as const;

describe('the mark of a create', () => {
  it('outlives an edit on another device, so that a lost answer does not make the order twice', async () => {
    const { site, device, time, network } = await syncedDevice({ settings });
    const other = await syncedDevice({ site, time, user: 'office@example.com', settings });
    const before = site.documents('Sales Order').length;
    network.now = once({ method: 'POST', path: '/api/resource/' }, { kind: 'drop-answer' });
    await record(device.ports, { kind: 'create', doctype: 'Sales Order', values: orderValues(site, 0) });
    device.engine.handle({ kind: 'saved' });
    await device.settle();
    const order = site.documents('Sales Order').at(-1)!;
    expect(order.idx).toBeLessThan(0);

    other.device.engine.syncNow();
    await other.device.settle();
    await edit(other.device, 'Sales Order', order.name, { po_no: 'theirs' });
    await other.device.settle();
    expect(site.document('Sales Order', order.name)).toMatchObject({ po_no: 'theirs' });
    await device.pass(300_000);

    expect(await listOutbox(device.cache)).toEqual([]);
    expect(site.documents('Sales Order')).toHaveLength(before + 1);
  });

  it('finds an order that others have changed: what clashes stays a conflict, also after a further edit', async () => {
    const { site, device, network } = await syncedDevice({ settings });
    network.now = once({ method: 'POST', path: '/api/resource/' }, { kind: 'drop-answer' });
    const { name } = await record(device.ports, { kind: 'create', doctype: 'Sales Order', values: orderValues(site, 0) });
    device.engine.handle({ kind: 'saved' });
    await device.settle();
    const order = site.documents('Sales Order').at(-1)!;
    await edit(device, 'Sales Order', name, { po_no: 'mine' });
    site.as('office@example.com').update('Sales Order', order.name, { po_no: 'theirs' });
    await device.pass(300_000);
    expect(await listOutbox(device.cache)).toMatchObject([{ state: { at: 'parked', problem: { kind: 'conflict' } } }]);

    await edit(device, 'Sales Order', order.name, { terms: 'prepaid' });
    await device.pass(60_000);
    expect(await listOutbox(device.cache)).toMatchObject([{ state: { at: 'parked', problem: { kind: 'conflict' } } }]);
    expect(site.document('Sales Order', order.name)).toMatchObject({ po_no: 'theirs' });
  });

  it('is set back by the next edit of the device that made it', async () => {
    const { site, device } = await syncedDevice({ settings });
    const { name } = await record(device.ports, { kind: 'create', doctype: 'Sales Order', values: orderValues(site, 0) });
    device.engine.handle({ kind: 'saved' });
    await device.settle();
    const order = site.documents('Sales Order').at(-1)!;
    expect(order.idx).toBeLessThan(0);
    await edit(device, 'Sales Order', order.name, { po_no: 'mine' });
    await device.settle();
    expect(site.document('Sales Order', order.name)).toMatchObject({ idx: 0, po_no: 'mine' });
    expect(name).not.toBe(order.name);
  });

  it('looked for by its like is not taken for one that the same person made at a desk before', async () => {
    const { site, device, network } = await syncedDevice({ settings: { createMarker: 'look-up' } });
    const earlier = site.as('field@example.com').insert('Sales Order', orderValues(site, 0));
    device.engine.syncNow();
    await device.pass(5_000);
    const before = site.documents('Sales Order').length;
    network.now = once({ method: 'POST', path: '/api/resource/' }, { kind: 'drop-request' });
    await record(device.ports, { kind: 'create', doctype: 'Sales Order', values: { ...orderValues(site, 0), po_no: 'another one' } });
    device.engine.handle({ kind: 'saved' });
    await device.settle();
    expect(await listOutbox(device.cache)).toMatchObject([
      { state: { at: 'uncertain' }, marker: { by: 'look-up', known: [earlier.name] } },
    ]);
    await device.pass(600_000);

    expect(await listOutbox(device.cache)).toEqual([]);
    expect(site.documents('Sales Order')).toHaveLength(before + 1);
    expect(site.documents('Sales Order').filter((order) => order['po_no'] === 'another one')).toHaveLength(1);
  });
});
