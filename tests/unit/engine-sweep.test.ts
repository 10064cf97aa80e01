import { expect, it } from 'vitest';
import { toRow } from '../../renderer/cache/document-row';
import { readDocument } from '../../renderer/cache/documents';
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
