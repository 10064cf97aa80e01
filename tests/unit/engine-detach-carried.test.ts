import { expect, it } from 'vitest';
import { importWork } from '../../renderer/cache/import-work';
import { entriesOf, listOutbox, resolve } from '../../renderer/cache/outbox';
import { record } from '../../renderer/cache/record';
import { customerWithFile } from '../support/customer-with-file';
import { Device } from '../support/device';
import { edit, goOffline, goOnline, shown } from '../support/synced-device';
import { siteFile } from '../support/site-file';

const doctype = 'Customer';
const left = (site: { files(): { doc: { name: string } }[] }) => site.files().map(({ doc }) => doc.name);

it('the removal of a file comes back from the journal where the browser loses its database', async () => {
  const { site, device, name, remove } = await customerWithFile();
  await remove();
  device.loseDatabase();
  await device.useProfile([doctype]);
  await device.engine.start();
  expect(await entriesOf(device.cache, doctype, name)).toMatchObject([{ operation: { kind: 'detach' } }]);
  await goOnline(device, 60_000);
  expect(left(site)).toEqual([]);
  expect(await listOutbox(device.cache)).toEqual([]);
});

it('it is brought to another device, and done there once', async () => {
  const { site, device, time, remove } = await customerWithFile();
  await remove();
  const entries = await device.journal.read({ account: device.account.id });
  const other = new Device({ site, time });
  await other.useProfile([doctype]);
  await other.engine.start();
  await other.settle();
  expect(await importWork(other.ports, entries)).toMatchObject({ added: 1, unreadable: 0 });
  other.engine.handle({ kind: 'saved' });
  await other.pass(600_000);
  expect(left(site)).toEqual([]);
  expect(await listOutbox(other.cache)).toEqual([]);
  await goOnline(device, 60_000);
  expect(await listOutbox(device.cache)).toEqual([]);
  other.engine.stop();
});

it('it goes with the document where that is deleted here, and is not asked about where it is made anew', async () => {
  const { site, device } = await customerWithFile();
  const insert = (customer_name: string) => site.as('field@example.com').insert(doctype, { customer_name, customer_type: 'Company' }).name;
  const [deleted, anew] = [insert('Deleted Here'), insert('Made Anew')];
  const files = [];
  for (const name of [deleted, anew]) files.push(await siteFile(site, { doctype, name, fileName: `${name}.txt`, text: name }));
  await goOnline(device, 600_000);
  goOffline(device);
  for (const [position, name] of [deleted, anew].entries()) {
    await edit(device, doctype, name, { website: 'mine.example' });
    const { name: file = '', url = '' } = files[position] ?? {};
    await record(device.ports, { kind: 'detach', doctype, name, file, url, fileName: `${name}.txt`, shown: `${name}.txt` });
  }
  await record(device.ports, { kind: 'delete', doctype, name: deleted });
  expect((await entriesOf(device.cache, doctype, deleted)).map(({ operation }) => operation.kind)).toEqual(['delete']);
  site.as('office@example.com').delete(doctype, anew);
  // Before the removal has its turn.
  const [parked] = await entriesOf(device.cache, doctype, anew);
  await device.cache.outbox.update(parked?.id ?? '', { state: { at: 'parked', since: 0, problem: { kind: 'missing', how: 'gone' } } });
  await resolve(device.ports, parked?.id ?? '', { kind: 'recreate' });
  await goOnline(device, 600_000);
  expect(await listOutbox(device.cache)).toEqual([]);
  expect(site.document(doctype, deleted)).toBeUndefined();
  expect(site.documents(doctype).filter((doc) => doc['customer_name'] === 'Made Anew')).toHaveLength(1);
});

it('it waits for a person while the document is hidden from them, and goes on once they see it again', async () => {
  const { site, device, name, remove } = await customerWithFile();
  await remove();
  const other = site.documents(doctype)[1]?.name;
  const values = { user: 'field@example.com', allow: doctype, for_value: other, apply_to_all_doctypes: 1 };
  const permission = site.as('Administrator').insert('User Permission', values);
  await goOnline(device, 60_000);
  const [entry] = await entriesOf(device.cache, doctype, name);
  expect(entry?.state).toMatchObject({ at: 'parked', problem: { kind: 'missing', how: 'hidden' } });
  expect(left(site)).toHaveLength(1);
  site.as('Administrator').delete('User Permission', permission.name);
  await device.pass(70 * 60_000);
  expect(left(site)).toEqual([]);
  expect(await listOutbox(device.cache)).toEqual([]);
});

it('the field keeps the address where other bytes alike are attached twice, since the address leads somewhere yet', async () => {
  const { site, device, name, file, remove } = await customerWithFile({});
  await goOnline(device);
  const twin = await siteFile(site, { doctype, name, fileName: 'map again.txt', text: 'the way' });
  expect(twin.url).toBe(file.url);
  device.engine.handle({ kind: 'refresh', doctype, name });
  await device.pass(1_000);
  await remove();
  device.engine.handle({ kind: 'saved' });
  await device.pass(60_000);
  expect(left(site)).toEqual([twin.name]);
  expect((await shown(device, doctype, name))['custom_map']).toBe(file.url);
});
