import { describe, expect, it } from 'vitest';
import type { LiveHint } from '@shared/bridge/live';
import { readDocument } from '../../renderer/cache/documents';
import { countedDevice } from '../support/counted-device';
import type { CountedDevice } from '../support/counted-device';
import { edit } from '../support/synced-device';

const list = (name: string, user = 'office@example.com', doctype = 'Customer'): LiveHint => ({ kind: 'list', doctype, name, user });

/** A device that has downloaded its customers and hears of changes from its site. */
async function listening(): Promise<CountedDevice & { first: string; hint: (hint: LiveHint) => void }> {
  const counted = await countedDevice({ scale: 1, profile: ['Customer', 'Item'] });
  const { device, site, server } = counted;
  device.live = { at: 'live', since: 0, by: 'websocket', address: 'https://demo.test' };
  await device.engine.start();
  await device.settle();
  server.reset();
  return { ...counted, first: site.documents('Customer')[0]?.name ?? '', hint: (hint) => device.engine.handle({ kind: 'hint', hint }) };
}

const shownName = async ({ device }: CountedDevice, name: string): Promise<unknown> =>
  (await readDocument(device.cache, 'Customer', name))?.doc['customer_name'];

describe('an engine that is told of changes', () => {
  it('asked for hints about all that it keeps', async () => {
    const { device } = await listening();
    expect([...device.followed].sort()).toEqual(['Customer', 'Item']);
    device.engine.stop();
  });

  it('brings a change within two seconds, asking for its DocType alone', async () => {
    const counted = await listening();
    const { device, site, server, first, hint } = counted;
    site.as('office@example.com').update('Customer', first, { customer_name: 'Told of' });
    hint(list(first));
    await device.pass(2_500);
    expect(await shownName(counted, first)).toBe('Told of');
    expect(server.seen).toEqual(server.about('Customer'));
    device.engine.stop();
  });

  it('asks once for a burst', async () => {
    const { device, site, server, hint } = await listening();
    const { name } = site.as('office@example.com').insert('Customer', { customer_name: 'Alone', customer_type: 'Company' });
    hint(list(name));
    await device.pass(3_000);
    const forOne = server.seen.length;
    server.reset();
    const names = Array.from(
      { length: 20 },
      (_, n) => site.as('office@example.com').insert('Customer', { customer_name: `Burst ${n}`, customer_type: 'Company' }).name,
    );
    names.forEach((name) => hint(list(name)));
    await device.pass(3_000);
    expect(
      await device.cache.documents
        .where('[doctype+name]')
        .anyOf(names.map((name): [string, string] => ['Customer', name]))
        .count(),
    ).toBe(20);
    expect(server.seen).toHaveLength(forOne);
    device.engine.stop();
  });

  it('finds what was deleted, which no hint says', async () => {
    const counted = await listening();
    const { device, site, hint } = counted;
    const { name } = site.as('office@example.com').insert('Customer', { customer_name: 'Short lived', customer_type: 'Company' });
    hint(list(name));
    await device.pass(3_000);
    expect(await shownName(counted, name)).toBe('Short lived');
    site.as('office@example.com').delete('Customer', name);
    hint(list(name));
    await device.pass(5_000);
    expect(await shownName(counted, name)).toBeUndefined();
    device.engine.stop();
  });

  it('asks nothing after a write of its own, and takes the same user elsewhere for news', async () => {
    const counted = await listening();
    const { device, site, server, first, hint } = counted;
    await edit(device, 'Customer', first, { customer_name: 'By me' });
    await device.pass(1_000);
    expect(site.document('Customer', first)?.['customer_name']).toBe('By me');
    server.reset();
    hint(list(first, 'field@example.com'));
    await device.pass(5_000);
    expect(server.seen).toEqual([]);
    const other = site.documents('Customer')[1]?.name ?? '';
    hint(list(other, 'field@example.com'));
    await device.pass(5_000);
    expect(server.seen).not.toEqual([]);
    device.engine.stop();
  });

  it('does not ask for what it does not keep', async () => {
    const { device, server, hint } = await listening();
    hint(list('SINV-1', 'office@example.com', 'Sales Invoice'));
    await device.pass(5_000);
    expect(server.seen).toEqual([]);
    device.engine.stop();
  });

  it('goes once through everything after a gap', async () => {
    const { device, server, hint } = await listening();
    hint({ kind: 'missed', connectedAt: device.time.now() + 1 });
    await device.pass(6_000);
    expect(server.seen.map(({ doctype }) => doctype).sort()).toEqual(['Customer', 'Item']);
    device.engine.stop();
  });

  it('asks now and then all the same, more rarely while it is told', async () => {
    const { device, server } = await listening();
    const told = device.engine.state.pollEveryMs ?? 0;
    expect(told).toBeGreaterThan(10 * 60_000);
    await device.pass(told + 60_000);
    expect(server.seen.map(({ doctype }) => doctype).sort()).toEqual(['Customer', 'Item']);
    device.live = { at: 'polling', why: 'unreachable', nextTryAt: 0 };
    device.engine.handle({ kind: 'wake' });
    await device.pass(1_000);
    expect(device.engine.state.pollEveryMs).toBeLessThanOrEqual(6 * 60_000);
    device.engine.stop();
  });

  it('asks nothing while the device rests, and everything when it is looked at again', async () => {
    const { device, site, server, first, hint } = await listening();
    device.live = { at: 'off', why: 'resting' };
    device.engine.handle({ kind: 'live', state: device.live });
    expect(device.engine.state.pollEveryMs).toBeNull();
    hint(list(first));
    site.as('office@example.com').update('Customer', first, { customer_name: 'While it rested' });
    await device.pass(2 * 3_600_000);
    expect(server.seen).toEqual([]);
    device.live = { at: 'live', since: 0, by: 'websocket', address: '' };
    device.engine.handle({ kind: 'live', state: device.live });
    await device.pass(1_000);
    expect(server.seen).not.toEqual([]);
    device.engine.stop();
  });

  it('has the person sign in again where the site does not take the sign-in any more', async () => {
    const { device } = await listening();
    device.engine.handle({ kind: 'live', state: { at: 'off', why: 'sign-in' } });
    expect(device.engine.state.connectivity).toEqual({ kind: 'sign-in' });
    device.engine.stop();
  });
});
