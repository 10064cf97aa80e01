import { createDemoSite } from '../../electron/demo/site';
import { record } from '../../renderer/cache/record';
import { siteFile } from './site-file';
import { goOffline, syncedDevice } from './synced-device';
import { VirtualTime } from './virtual-time';

const doctype = 'Customer';

/**
 * A customer with a file of the office, as the device saw it, without a connection. `field`: an Attach field holds its address.
 */
export async function customerWithFile(field?: { reqd?: 1 }) {
  const time = new VirtualTime();
  const site = createDemoSite({ now: time.now, scale: 8 });
  if (field !== undefined)
    site.as('Administrator').insert('Custom Field', { dt: doctype, fieldname: 'custom_map', label: 'Map', fieldtype: 'Attach' });
  const name = site.documents(doctype)[0]?.name ?? '';
  const file = await siteFile(site, { doctype, name, fileName: 'map.txt', text: 'the way' });
  if (field !== undefined) site.as('Administrator').update(doctype, name, { custom_map: file.url });
  if (field?.reqd === 1) site.as('Administrator').update('Custom Field', `${doctype}-custom_map`, { reqd: 1 });
  const synced = await syncedDevice({ site, time });
  synced.device.engine.handle({ kind: 'refresh', doctype, name });
  await synced.device.settle();
  goOffline(synced.device);
  const seen = { file: file.name, url: file.url, fileName: 'map.txt', shown: 'Map to the gate.txt' };
  const remove = () => record(synced.device.ports, { kind: 'detach', doctype, name, ...seen });
  return { ...synced, name, file, remove };
}
