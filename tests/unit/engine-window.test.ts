import { describe, expect, it } from 'vitest';
import { readDocument } from '../../renderer/cache/documents';
import { writeProfile } from '../../renderer/cache/profile';
import type { VirtualTime } from '../support/virtual-time';
import { edit, placeOrder, shown, syncedDevice } from '../support/synced-device';

const day = 24 * 60 * 60_000;
const here = async (device: Awaited<ReturnType<typeof syncedDevice>>['device'], name: string, doctype = 'Sales Order') =>
  (await readDocument(device.cache, doctype, name)) !== undefined;

/** The lid is closed for so long: what fell due meanwhile is due at once. */
function sleep(time: VirtualTime, ms: number): void {
  const until = time.now() + ms;
  while (time.step(until));
}

/** A device that keeps the orders of the last 30 days, and one order made today. */
async function withWindow() {
  const synced = await syncedDevice({ profile: ['Customer'] });
  const { site, device } = synced;
  const old = site.documents('Sales Order')[0];
  if (old === undefined) throw new Error('no order');
  site.setSilently('Sales Order', old.name, { transaction_date: '2020-01-01' });
  const order = placeOrder(site);
  const window = { field: 'transaction_date', days: 30 };
  await writeProfile(device.cache, [{ doctype: 'Sales Order', filters: [], window }]);
  device.engine.syncNow();
  await device.settle();
  return { ...synced, old, order };
}

describe('a time window of the profile', () => {
  it('brings what lies in it and nothing else', async () => {
    const { device, order, old } = await withWindow();
    expect([await here(device, order.name), await here(device, old.name)]).toEqual([true, false]);
  });

  it('lets go what falls out of it as the days pass, but not what is edited or what others link to', async () => {
    const { site, device, order, time } = await withWindow();
    const [edited, linked] = [placeOrder(site), placeOrder(site)];
    site.as('field@example.com').submit('Sales Order', linked.name);
    const invoice = site.documents('Sales Invoice')[0];
    await writeProfile(device.cache, [
      { doctype: 'Sales Order', filters: [], window: { field: 'transaction_date', days: 30 } },
      { doctype: 'Sales Invoice', filters: [['name', '=', invoice?.name ?? '']] },
    ]);
    const items = Array.isArray(invoice?.['items']) ? invoice['items'].map((row) => ({ ...row, sales_order: linked.name })) : [];
    site.setSilently('Sales Invoice', invoice?.name ?? '', { items });
    device.engine.syncNow();
    await device.settle();
    device.engine.handle({ kind: 'work-offline', on: true });
    await edit(device, 'Sales Order', edited.name, { po_no: 'mine' });
    sleep(time, 40 * day);
    site.setSilently('Sales Order', edited.name, { po_date: '2026-01-01' });
    // The edit itself is parked so that it stays unsent while the names are compared.
    site.as('office@example.com').update('Sales Order', edited.name, { po_no: 'theirs' });
    device.engine.handle({ kind: 'work-offline', on: false });
    device.engine.handle({ kind: 'sync-now' });
    await device.settle();

    expect(await here(device, order.name)).toBe(false);
    expect(await here(device, linked.name)).toBe(true);
    expect((await shown(device, 'Sales Order', edited.name))['po_no']).toBe('mine');
  });

  it('keeps up with what stays outside of it because others link to it', async () => {
    const { site, device, old } = await withWindow();
    device.engine.handle({ kind: 'refresh', doctype: 'Sales Order', name: old.name });
    await device.settle();
    expect(await here(device, old.name)).toBe(true);
    site.as('office@example.com').update('Sales Order', old.name, { po_no: 'changed there' });
    device.engine.handle({ kind: 'sync-now' });
    await device.settle();
    expect((await shown(device, 'Sales Order', old.name))['po_no']).toBe('changed there');
  });

  it('made narrower lets go at once', async () => {
    const { device, order, time, site } = await withWindow();
    sleep(time, 3 * day);
    const fresh = placeOrder(site);
    await writeProfile(device.cache, [{ doctype: 'Sales Order', filters: [], window: { field: 'transaction_date', days: 1 } }]);
    device.engine.syncNow();
    await device.settle();
    expect([await here(device, order.name), await here(device, fresh.name)]).toEqual([false, true]);
  });
});

describe('comparing names', () => {
  it('happens every hour by itself, so that what was deleted there is gone here', async () => {
    const { site, device } = await syncedDevice({ profile: ['Customer'] });
    const gone = site.as('field@example.com').insert('Customer', { customer_name: 'Short Lived', customer_type: 'Company' });
    await device.pass(10 * 60_000);
    expect(await here(device, gone.name, 'Customer')).toBe(true);
    site.as('office@example.com').delete('Customer', gone.name);
    await device.pass(30 * 60_000);
    expect(device.engine.state.comparisons['Customer']).toBeUndefined();
    await device.pass(30 * 60_000);
    expect(device.engine.state.comparisons['Customer']).toMatchObject({ found: { gone: 1 } });
    expect(await here(device, gone.name, 'Customer')).toBe(false);
    const first = device.engine.state.comparisons['Customer']?.at ?? 0;
    await device.pass(70 * 60_000);
    expect(device.engine.state.comparisons['Customer']?.at).toBeGreaterThanOrEqual(first + 60 * 60_000);
  });

  it('says what it cost', async () => {
    const { site, device } = await syncedDevice({ profile: ['Customer'] });
    device.engine.handle({ kind: 'sync-now' });
    await device.settle();
    expect(device.engine.state.comparison?.requests).toBeGreaterThan(0);
    expect(device.engine.state.comparison?.names).toBeGreaterThanOrEqual(site.documents('Customer').length);
  });

  it('says what it found', async () => {
    const { site, device } = await syncedDevice({ profile: ['Customer'] });
    const gone = site.as('field@example.com').insert('Customer', { customer_name: 'Short Lived', customer_type: 'Company' });
    device.engine.syncNow();
    await device.settle();
    expect(await here(device, gone.name, 'Customer')).toBe(true);
    await device.pass(1_000);
    site.as('office@example.com').delete('Customer', gone.name);
    device.engine.handle({ kind: 'sync-now' });
    await device.settle();
    expect(device.engine.state.comparisons['Customer']).toMatchObject({ found: { fetched: 0, renamed: 0, gone: 1 } });
    device.engine.handle({ kind: 'sync-now' });
    await device.settle();
    expect(device.engine.state.comparisons['Customer']).toMatchObject({ found: { fetched: 0, renamed: 0, gone: 0 } });
  });

  it('removes what the user may not read any more, keeps their unsent work, and brings it back once allowed', async () => {
    const { site, device } = await syncedDevice({ profile: ['Customer'] });
    const [first, second] = site.documents('Customer').map(({ name }) => name);
    device.engine.handle({ kind: 'work-offline', on: true });
    await edit(device, 'Customer', first ?? '', { website: 'mine.example' });
    const person = site.people.find(({ name }) => name === 'field@example.com');
    const roles = [...(person?.roles ?? [])];
    site.setRoles('field@example.com', []);
    device.engine.handle({ kind: 'work-offline', on: false });
    await device.pass(10 * 60_000);
    expect([await here(device, first ?? '', 'Customer'), await here(device, second ?? '', 'Customer')]).toEqual([true, false]);
    expect((await readDocument(device.cache, 'Customer', first ?? ''))?.mark).toBe('needs-you');
    site.setRoles('field@example.com', roles);
    await device.pass(10 * 60_000);
    expect(await here(device, second ?? '', 'Customer')).toBe(true);
  });
});
