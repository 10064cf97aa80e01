import { describe, expect, it } from 'vitest';
import { countDocuments } from '../../renderer/cache/documents';
import { lastReady } from '../../renderer/cache/last-ready';
import { changeProfile, readProfile, writeProfile } from '../../renderer/cache/profile';
import { edit, goOffline, goOnline, syncedDevice } from '../support/synced-device';
import type { Synced } from '../support/synced-device';
import { attachThere } from '../support/attach-there';

const count = async ({ device }: Synced, doctype: string): Promise<number> => (await countDocuments(device.cache))[doctype]?.total ?? 0;

async function sync({ device }: Synced): Promise<void> {
  device.engine.syncNow();
  await device.settle();
}

describe('a DocType that is taken out of the profile', () => {
  it('leaves the device but for unsent work, what was opened and what others link to', async () => {
    const synced = await syncedDevice({ profile: ['Brand', 'Customer', 'Sales Order'] });
    const { device, site } = synced;
    const linked = new Set(site.documents('Sales Order').map((order) => String(order['customer'])));
    const alone = site.documents('Customer').filter(({ name }) => !linked.has(name));
    const [edited, opened, other] = alone;
    if (edited === undefined || opened === undefined || other === undefined) throw new Error('too few customers without orders');
    device.engine.handle({ kind: 'refresh', doctype: 'Customer', name: opened.name });
    await device.settle();
    goOffline(device);
    await edit(device, 'Customer', edited.name, { website: 'https://mine.example' });
    await changeProfile(device.cache, (now) => now.filter(({ doctype }) => doctype !== 'Customer'));
    // Its work is held back so that it is still unsent when the round comes.
    site.as('office@example.com').update('Customer', edited.name, { website: 'https://theirs.example' });
    await goOnline(device);
    const here = (await device.cache.documents.toArray()).filter(({ doctype }) => doctype === 'Customer').map(({ name }) => name);
    expect(here).toEqual(expect.arrayContaining([edited.name, opened.name, ...linked]));
    expect(here).not.toContain(other.name);
    expect(await device.cache.outbox.count()).toBe(1);
  });

  it('that is put back comes whole again', async () => {
    const synced = await syncedDevice({ profile: ['Brand'] });
    const all = await count(synced, 'Brand');
    expect(all).toBeGreaterThan(0);
    await synced.device.useProfile(['UOM']);
    await sync(synced);
    expect(await count(synced, 'Brand')).toBe(0);
    await synced.device.useProfile(['Brand']);
    await sync(synced);
    expect(await count(synced, 'Brand')).toBe(all);
  });

  it('stays while the server cannot be asked', async () => {
    const synced = await syncedDevice({ profile: ['Brand'] });
    const all = await count(synced, 'Brand');
    goOffline(synced.device);
    await synced.device.useProfile(['UOM']);
    await sync(synced);
    expect(await count(synced, 'Brand')).toBe(all);
  });
});

describe('what documents of a DocType link to', () => {
  it('does not come along by choice, and comes once that is taken back', async () => {
    const synced = await syncedDevice({ profile: ['UOM'] });
    const { device } = synced;
    await writeProfile(device.cache, [{ doctype: 'Sales Order', filters: [], links: false }]);
    await sync(synced);
    expect([await count(synced, 'Sales Order'), await count(synced, 'Customer')]).toEqual([expect.any(Number), 0]);
    expect(await count(synced, 'Sales Order')).toBeGreaterThan(0);
    device.restart();
    await device.engine.start();
    await device.settle();
    expect(await count(synced, 'Customer')).toBe(0);
    await writeProfile(device.cache, [{ doctype: 'Sales Order', filters: [] }]);
    await sync(synced);
    expect(await count(synced, 'Customer')).toBeGreaterThan(0);
  });
});

it('attachments of one DocType come where those of others do not', async () => {
  const synced = await syncedDevice({ profile: ['Customer'] });
  const { device, site } = synced;
  await attachThere(synced, site.documents('Customer')[0]?.name ?? '', 'plan.txt', 'a plan');
  await sync(synced);
  expect(device.files.size).toBe(0);
  await writeProfile(device.cache, [{ doctype: 'Customer', filters: [], files: true }]);
  await sync(synced);
  expect(device.files.size).toBe(1);
});

it('the order of download is the order of the profile, and stays', async () => {
  const { device } = await syncedDevice({ profile: ['UOM', 'Brand', 'Customer'] });
  expect((await readProfile(device.cache)).map(({ doctype }) => doctype)).toEqual(['UOM', 'Brand', 'Customer']);
  await changeProfile(device.cache, (now) => now.toReversed());
  expect((await readProfile(device.cache)).map(({ doctype }) => doctype)).toEqual(['Customer', 'Brand', 'UOM']);
});

describe('the time when a device was ready last', () => {
  it('is noted when all of the profile is here, and outlives a restart', async () => {
    const { device, time } = await syncedDevice({ profile: ['Brand'] });
    const at = await lastReady(device.cache);
    expect(at).toBeLessThanOrEqual(time.now());
    expect(at).toBeGreaterThan(0);
    device.restart();
    expect(await lastReady(device.cache)).toBe(at);
  });

  it('is not noted for a round that failed', async () => {
    const { device, network } = await syncedDevice({ profile: ['Brand'] });
    const at = await lastReady(device.cache);
    network.now = (request) => (request.url.includes('/api/resource/Brand') ? { kind: 'offline' } : undefined);
    await device.pass(60 * 60_000);
    expect(await lastReady(device.cache)).toBe(at);
  });
});
