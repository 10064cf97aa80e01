import { describe, expect, it } from 'vitest';
import { readDocument } from '../../renderer/cache/documents';
import { listOutbox } from '../../renderer/cache/outbox';
import { record } from '../../renderer/cache/record';
import { createDemoSite } from '../../electron/demo/site';
import { edit, goOffline, goOnline, shown, syncedDevice } from '../support/synced-device';
import { VirtualTime } from '../support/virtual-time';

const single = 'Selling Settings';

/** A device that keeps a single DocType. */
async function keeping(rights: { read: 0 | 1 } = { read: 1 }) {
  const time = new VirtualTime();
  const site = createDemoSite({ now: time.now, scale: 8 });
  site.setPermission(single, { role: 'Sales User', ...rights, write: 1 });
  const synced = await syncedDevice({ time, site, profile: ['Customer', single] });
  const sync = async (sweep = false): Promise<void> => {
    synced.device.engine.syncNow(sweep);
    await synced.device.settle();
  };
  return { ...synced, office: synced.site.as('Administrator'), sync };
}

describe('a single DocType of the profile', () => {
  it('is brought like any other, also as it changes, with one request', async () => {
    const { device, office, sync, requests } = await keeping();
    expect(await readDocument(device.cache, single, single)).toMatchObject({ doc: { name: single } });
    expect(device.engine.state.pulls[single]).toMatchObject({ state: 'done', done: 1, total: 1, error: null });
    office.update(single, single, { cust_master_name: 'Naming Series' });
    await sync(true);
    expect(await shown(device, single, single)).toMatchObject({ cust_master_name: 'Naming Series' });
    const before = requests.length;
    await sync();
    expect(requests.slice(before).filter(({ url }) => url.includes('Selling')).length).toBe(1);
    expect(device.engine.state.pulls[single]).toMatchObject({ state: 'done', error: null });
  });

  it('keeps what was edited here, and takes what was changed there', async () => {
    const { device, site, office } = await keeping();
    goOffline(device);
    await edit(device, single, single, { cust_master_name: 'Naming Series' });
    office.update(single, single, { so_required: 'Yes' });
    await goOnline(device, 60_000);
    expect(await listOutbox(device.cache)).toEqual([]);
    expect(site.document(single, single)).toMatchObject({ cust_master_name: 'Naming Series', so_required: 'Yes' });
    expect(await shown(device, single, single)).toMatchObject({ so_required: 'Yes' });
  });

  it('takes files, though it is in no list', async () => {
    const { device, site } = await keeping();
    goOffline(device);
    const file = device.keepFile(new TextEncoder().encode('terms'));
    await record(device.ports, { kind: 'attach', doctype: single, name: single, file, fileName: 'terms.txt', isPrivate: true });
    await goOnline(device, 60_000);
    expect(await listOutbox(device.cache)).toEqual([]);
    expect(site.files().filter(({ doc }) => doc['attached_to_name'] === single)).toHaveLength(1);
  });

  it('is said not to be kept where it may not be read', async () => {
    const { device } = await keeping({ read: 0 });
    expect(await readDocument(device.cache, single, single)).toBeUndefined();
    expect(device.engine.state.pulls[single]).toMatchObject({ state: 'failed', error: { code: 'forbidden' } });
    expect(device.engine.state.pulls['Customer']).toMatchObject({ state: 'done' });
  });
});
