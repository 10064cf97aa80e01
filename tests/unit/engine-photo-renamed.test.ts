import { expect, it } from 'vitest';
import { listOutbox } from '../../renderer/cache/outbox';
import { record } from '../../renderer/cache/record';
import { photo } from '../live/photo';
import { once } from '../support/faults-schedule';
import { goOffline, goOnline, syncedDevice } from '../support/synced-device';

it('a photo whose answer was lost is found on the server, also where somebody gave it another name there by then', async () => {
  const { site, device, network, requests } = await syncedDevice({ profile: ['Customer'] });
  const name = site.documents('Customer')[0]?.name ?? '';
  goOffline(device);
  const file = { ...device.keepFile(photo()), type: 'image/jpeg' };
  await record(device.ports, { kind: 'attach', doctype: 'Customer', name, file, fileName: 'pallet.jpg', isPrivate: true });
  network.now = once({ method: 'POST', path: '/api/method/upload_file' }, { kind: 'drop-answer' });
  await goOnline(device, 0);
  for (const { doc } of site.files()) site.setSilently('File', doc.name, { file_name: 'broken pallet.jpg' });
  await device.pass(600_000);
  expect(await listOutbox(device.cache)).toEqual([]);
  expect(site.files()).toHaveLength(1);
  expect(requests.filter(({ url }) => url.endsWith('/upload_file'))).toHaveLength(1);
});
