import { describe, expect, it } from 'vitest';
import { attachmentsOf } from '../../renderer/cache/attachments';
import { setPrivate } from '../../renderer/cache/file-privacy';
import { record } from '../../renderer/cache/record';
import type { Device } from '../support/device';
import { goOffline, goOnline, syncedDevice } from '../support/synced-device';

async function withFile() {
  const { site, device, ...rest } = await syncedDevice({ profile: ['Customer'] });
  const name = site.documents('Customer')[0]?.name ?? '';
  goOffline(device);
  const file = device.keepFile(new TextEncoder().encode('price list'));
  await record(device.ports, { kind: 'attach', doctype: 'Customer', name, file, fileName: 'prices.txt', isPrivate: true });
  return { site, device, name, id: (await own(device, name))[0]?.id ?? '', ...rest };
}
const own = (device: Device, name: string) => attachmentsOf(device.cache, 'Customer', name);

describe('a file that waits to be sent', () => {
  it('is sent as a public one where its person says so, and as a private one again', async () => {
    const { site, device, name, id } = await withFile();
    await setPrivate(device.ports, id, false);
    await setPrivate(device.ports, id, true);
    await setPrivate(device.ports, id, false);
    await goOnline(device);
    expect(site.files().map(({ doc }) => [doc['file_url'], doc['is_private']])).toEqual([['/files/prices.txt', 0]]);
    await expect(setPrivate(device.ports, id, true)).rejects.toMatchObject({ code: 'refused' });
    expect(await own(device, name)).toMatchObject([{ isPrivate: false, state: null }]);
  });

  it('is in the journal as it was chosen last', async () => {
    const { device, id } = await withFile();
    await setPrivate(device.ports, id, false);
    expect([...device.journal.entries.values()]).toMatchObject([{ entry: { attachment: { id, isPrivate: false } } }]);
  });

  it('is not changed any more once it is on its way', async () => {
    const { device, name, id } = await withFile();
    await device.cache.outbox.toCollection().modify({ state: { at: 'sending', since: 1, baseline: null } });
    await expect(setPrivate(device.ports, id, false)).rejects.toMatchObject({ code: 'refused' });
    expect(await own(device, name)).toMatchObject([{ isPrivate: true }]);
  });
});
