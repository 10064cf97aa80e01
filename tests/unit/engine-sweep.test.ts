import { expect, it } from 'vitest';
import { toRow } from '../../renderer/cache/document-row';
import { readDocument } from '../../renderer/cache/documents';
import { calm } from '../support/faults-schedule';
import { syncedDevice } from '../support/synced-device';

it('a document whose version is not known is compared by its name like any other', async () => {
  const { device, site } = await syncedDevice({ profile: ['Customer'] });
  const there = site.documents('Customer')[0]!;
  // What is left when the edits of a create that was found on the server are taken back: no answer ever told its `modified`.
  for (const name of [there.name, 'Deleted there']) {
    const doc = { doctype: 'Customer', name, docstatus: 0 as const };
    await device.cache.documents.put(toRow(doc, { doctype: undefined, origin: 'opened', keptAt: 0 }));
  }
  device.engine.handle({ kind: 'sync-now' });
  await device.settle();
  expect((await readDocument(device.cache, 'Customer', there.name))?.doc).toMatchObject({ modified: there.modified });
  expect(await readDocument(device.cache, 'Customer', 'Deleted there')).toBeUndefined();
});

it('that was asked for while a page was on its way is made behind it', async () => {
  const { device, site, network } = await syncedDevice({ profile: ['Customer'] });
  const changed = site.documents('Customer')[0]!.name;
  const office = site.as('Administrator');
  const gone = office.insert('Customer', { customer_name: 'Soon gone', customer_type: 'Company' }).name;
  await device.pass(10 * 60_000);
  expect(await readDocument(device.cache, 'Customer', gone)).toBeDefined();
  office.update('Customer', changed, { website: 'theirs.example' });
  office.delete('Customer', gone);
  network.now = (request) => {
    // As a change does whose document is not there any more.
    if (request.url.includes('/api/resource/Customer')) void device.cache.cursors.update('Customer', { sweptAt: 0 });
    network.now = calm;
    return { kind: 'delay', ms: 1_000 };
  };
  await device.pass(10 * 60_000);
  expect((await readDocument(device.cache, 'Customer', changed))?.doc).toMatchObject({ website: 'theirs.example' });
  expect(await readDocument(device.cache, 'Customer', gone)).toBeUndefined();
});
