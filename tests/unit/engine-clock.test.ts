import { describe, expect, it } from 'vitest';
import { countDocuments } from '../../renderer/cache/documents';
import { listOutbox } from '../../renderer/cache/outbox';
import { record } from '../../renderer/cache/record';
import type { Ports } from '../../renderer/sync/ports';
import { orderValues } from '../simulation/company';
import { once, together } from '../support/faults-schedule';
import { edit, goOffline, goOnline, shown, syncedDevice } from '../support/synced-device';

const year = 365 * 24 * 60 * 60_000;

/** A device whose clock is a year ahead until it is put right. */
async function aheadDevice() {
  const clock = { skew: year };
  const wrap = (ports: Ports): Ports => ({ ...ports, now: () => ports.now() + clock.skew });
  return { ...(await syncedDevice({ wrap, profile: ['Customer'] })), putRight: () => void (clock.skew = 0) };
}

describe('a clock that is a year off', () => {
  it.each([
    ['ahead', year],
    ['behind', -year],
  ])('(%s) hinders nothing: what is made is found again, sent once, and what changes there comes', async (_, skewMs) => {
    const { site, device, network } = await syncedDevice({ skewMs, settings: { createMarker: 'look-up' } });
    const values = orderValues(site, 1);
    goOffline(device);
    await record(device.ports, { kind: 'create', doctype: 'Sales Order', values });
    const before = site.documents('Sales Order').length;
    network.now = once({ method: 'POST', path: '/api/resource/Sales Order' }, { kind: 'drop-answer' });
    await goOnline(device, 10 * 60_000);
    expect(await listOutbox(device.cache)).toEqual([]);
    expect(site.documents('Sales Order')).toHaveLength(before + 1);
    // The person is told which way it is off.
    expect(Math.round((device.states.at(-1)?.clockOff ?? 0) / year)).toBe(Math.sign(skewMs));

    const [name = ''] = site.documents('Customer').map((doc) => doc.name);
    site.as('office@example.com').update('Customer', name, { website: 'theirs.example' });
    const made = site.as('office@example.com').insert('Customer', { customer_name: 'Short Lived', customer_type: 'Company' });
    await device.pass(10 * 60_000);
    expect((await shown(device, 'Customer', name))['website']).toBe('theirs.example');
    expect(await shown(device, 'Customer', made.name)).toMatchObject({ customer_name: 'Short Lived' });
    site.as('office@example.com').delete('Customer', made.name);
    await device.pass(70 * 60_000);
    expect((await countDocuments(device.cache))['Customer']?.total).toBe(site.documents('Customer').length);
  });

  it('and is put right while work waits for its time, has that work sent in minutes and not in a year', async () => {
    const { site, device, network, putRight } = await aheadDevice();
    const [edited = '', lost = ''] = site.documents('Customer').map((doc) => doc.name);
    goOffline(device);
    await edit(device, 'Customer', edited, { website: 'mine.example' });
    await record(device.ports, { kind: 'comment', doctype: 'Customer', name: lost, content: 'call first' });
    network.now = together(
      once({ method: 'PUT' }, { kind: 'server-error', excType: 'QueryDeadlockError' }),
      once({ path: '/api/method/frappe.desk.form.utils.add_comment' }, { kind: 'drop-request' }),
    );
    await goOnline(device, 0);
    expect((await listOutbox(device.cache)).map(({ state }) => state.at).sort()).toEqual(['queued', 'uncertain']);

    expect(device.states.at(-1)?.clockOff).not.toBeNull();
    putRight();
    await device.pass(15 * 60_000);
    expect(device.states.at(-1)?.clockOff).toBeNull();
    expect(await listOutbox(device.cache)).toEqual([]);
    expect(site.document('Customer', edited)?.['website']).toBe('mine.example');
    expect(site.comments('Customer', lost)).toHaveLength(1);
  });

  it('and is put right, has the names compared within the hour again', async () => {
    const { site, device, putRight } = await aheadDevice();
    const gone = site.as('office@example.com').insert('Customer', { customer_name: 'Short Lived', customer_type: 'Company' });
    await device.pass(10 * 60_000);
    expect(await shown(device, 'Customer', gone.name)).toMatchObject({ customer_name: 'Short Lived' });
    putRight();
    site.as('office@example.com').delete('Customer', gone.name);
    await device.pass(70 * 60_000);
    expect((await countDocuments(device.cache))['Customer']?.total).toBe(site.documents('Customer').length);
  });

  it('and is put right while the server’s pause lasts, does not make the pause a year long', async () => {
    const { device, network, putRight } = await aheadDevice();
    network.now = once({}, { kind: 'rate-limited', retryAfter: 120 });
    device.engine.syncNow();
    await device.settle();
    putRight();
    await device.pass(180_000);
    expect(device.engine.state.connectivity).toEqual({ kind: 'online' });
  });
});
