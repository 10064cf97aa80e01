import { describe, expect, it } from 'vitest';
import { discard, entriesOf, listOutbox, resolve, undo } from '../../renderer/cache/outbox';
import { listReceipts } from '../../renderer/cache/receipts';
import { record } from '../../renderer/cache/record';
import { readDocInfo } from '../../renderer/cache/comments';
import { readDocument } from '../../renderer/cache/documents';
import type { Device } from '../support/device';
import { once, times } from '../support/faults-schedule';
import { edit, goOffline, goOnline, shown } from '../support/synced-device';
import { siteFile } from '../support/site-file';
import { customerWithFile } from '../support/customer-with-file';

const doctype = 'Customer';

const left = (site: { files(): { doc: { name: string } }[] }) => site.files().map(({ doc }) => doc.name);
const filesHere = async (device: Device, name: string) =>
  (await readDocInfo(device.cache, doctype, name))?.attachments.map((one) => one.name);
const states = async (device: Device, name: string) =>
  (await entriesOf(device.cache, doctype, name)).map(({ state }) => (state.at === 'parked' ? state.problem : state.at));

describe('a file that is removed from its document', () => {
  it('is removed from the server once there is a connection, leaves its document as it was, and a receipt by the name that people know', async () => {
    const { site, device, name, file, remove } = await customerWithFile();
    const before = site.document(doctype, name)?.modified;
    const listed = { doctype, docname: name, fileName: 'map.txt', url: file.url, size: 7, md5: null, isPrivate: 1, modified: '' } as const;
    await device.cache.siteFiles.put({ name: file.name, ...listed });
    await remove();
    await remove();
    expect(await states(device, name)).toEqual(['queued']);
    await goOnline(device);
    expect(await listOutbox(device.cache)).toEqual([]);
    expect(left(site)).toEqual([]);
    expect(site.document(doctype, name)?.modified).toBe(before);
    expect(await filesHere(device, name)).toEqual([]);
    expect(await device.cache.siteFiles.count()).toBe(0);
    expect(await listReceipts(device.cache, 5)).toMatchObject([{ kind: 'detach', name, fileName: 'Map to the gate.txt' }]);
    expect(await readDocument(device.cache, doctype, name)).toMatchObject({ mark: 'none' });
  });

  it('stays where that is taken back', async () => {
    const { site, device, name, file, remove } = await customerWithFile();
    const { entry } = await remove();
    await undo(device.ports, entry ?? '');
    await goOnline(device);
    expect(left(site)).toEqual([file.name]);
    expect(await filesHere(device, name)).toEqual([file.name]);
  });

  it.each([
    ['before it was done', { kind: 'drop-request' }, 2],
    ['after it was done', { kind: 'drop-answer' }, 1],
  ] as const)('is looked for where its answer was lost %s', async (_, fault, sent) => {
    const { site, device, network, requests, remove } = await customerWithFile();
    network.now = once({ method: 'DELETE', path: '/api/resource/File' }, fault);
    await remove();
    await goOnline(device, 600_000);
    expect(await listOutbox(device.cache)).toEqual([]);
    expect(left(site)).toEqual([]);
    expect(requests.filter(({ method }) => method === 'DELETE')).toHaveLength(sent);
  });

  it('is done where somebody else removed it first', async () => {
    const { site, device, file, requests, remove } = await customerWithFile();
    await remove();
    site.as('Administrator').delete('File', file.name);
    await goOnline(device);
    expect(await listOutbox(device.cache)).toEqual([]);
    expect(requests.filter(({ method }) => method === 'DELETE')).toEqual([]);
  });

  it('goes from the document under its new name', async () => {
    const { site, device, name, remove } = await customerWithFile();
    await remove();
    site.as('Administrator').rename(doctype, name, 'Renamed Meanwhile');
    await goOnline(device, 600_000);
    expect(await listOutbox(device.cache)).toEqual([]);
    expect(left(site)).toEqual([]);
    expect(await filesHere(device, 'Renamed Meanwhile')).toEqual([]);
  });

  it('leaves nothing to decide where its document was deleted', async () => {
    const { site, device, remove } = await customerWithFile();
    const made = site.as('field@example.com').insert(doctype, { customer_name: 'Gone Soon', customer_type: 'Company' });
    const file = await siteFile(site, { doctype, name: made.name, fileName: 'a.txt', text: 'a' });
    await goOnline(device, 600_000);
    goOffline(device);
    const seen = { file: file.name, url: file.url, fileName: 'a.txt', shown: 'a.txt' };
    await record(device.ports, { kind: 'detach', doctype, name: made.name, ...seen });
    await remove();
    site.as('office@example.com').delete(doctype, made.name);
    await goOnline(device, 70 * 60_000);
    expect(await listOutbox(device.cache)).toEqual([]);
    expect(await readDocument(device.cache, doctype, made.name)).toBeUndefined();
  });
});

describe('a file that changed on the server since its removal was asked for', () => {
  it('is laid before its person where it has another name, and removed where they say so', async () => {
    const { site, device, name, file, remove } = await customerWithFile();
    await remove();
    site.setSilently('File', file.name, { file_name: 'contract.txt' });
    await goOnline(device);
    expect(await states(device, name)).toEqual([{ kind: 'changed-file', fileName: 'contract.txt', on: { doctype, name } }]);
    expect(left(site)).toEqual([file.name]);
    const [entry] = await entriesOf(device.cache, doctype, name);
    await resolve(device.ports, entry?.id ?? '', { kind: 'detach-anyway' });
    device.engine.handle({ kind: 'saved' });
    await device.pass(5_000);
    expect(left(site)).toEqual([]);
    expect(await listOutbox(device.cache)).toEqual([]);
  });

  it('is laid before its person where it hangs on another document, and stays where they say so', async () => {
    const { site, device, name, file, remove } = await customerWithFile();
    await remove();
    const other = { doctype, name: site.documents(doctype)[1]?.name ?? '' };
    site.setSilently('File', file.name, { attached_to_name: other.name });
    await goOnline(device);
    expect(await states(device, name)).toEqual([{ kind: 'changed-file', fileName: 'map.txt', on: other }]);
    const [entry] = await entriesOf(device.cache, doctype, name);
    await discard(device.ports, entry?.id ?? '');
    await device.pass(600_000);
    expect(left(site)).toEqual([file.name]);
  });

  it('is not removed again by a database from before it was taken back', async () => {
    const { site, device, name, file, remove } = await customerWithFile();
    const { entry } = await remove();
    await device.settle();
    const backup = await device.backUp();
    await undo(device.ports, entry ?? '');
    await device.restoreBackUp(backup);
    await device.engine.start();
    await goOnline(device, 600_000);
    expect(left(site)).toEqual([file.name]);
    expect(await states(device, name)).toMatchObject([{ kind: 'refused' }]);
  });
});

describe('a file that an Attach field holds', () => {
  it('is taken out of the field before it is removed', async () => {
    const { site, device, name, requests, remove } = await customerWithFile({});
    await edit(device, doctype, name, { website: 'mine.example' });
    await remove();
    expect((await shown(device, doctype, name))['custom_map'] ?? null).toBeNull();
    await goOnline(device);
    expect(await listOutbox(device.cache)).toEqual([]);
    expect(site.document(doctype, name)).toMatchObject({ website: 'mine.example' });
    expect(site.document(doctype, name)?.['custom_map'] ?? null).toBeNull();
    expect(left(site)).toEqual([]);
    const writes = requests.filter(({ method }) => method !== 'GET').map(({ method }) => method);
    expect(writes).toEqual(['PUT', 'DELETE']);
  });

  it.each(['before the edit is sent', 'after'])('is in the field again where the removal is taken back %s', async (when) => {
    const { site, device, network, name, file, remove } = await customerWithFile({});
    const { entry } = await remove();
    if (when === 'after') {
      network.now = times(9, { method: 'GET', path: '/api/resource/File' }, { kind: 'server-error', excType: 'QueryDeadlockError' });
      await goOnline(device, 100);
      expect(site.document(doctype, name)?.['custom_map'] ?? null).toBeNull();
    }
    await undo(device.ports, entry ?? '');
    expect((await shown(device, doctype, name))['custom_map']).toBe(file.url);
    if (when !== 'after') expect(await listOutbox(device.cache)).toEqual([]);
    device.engine.handle({ kind: 'saved' });
    await goOnline(device, 60_000);
    expect(site.document(doctype, name)?.['custom_map']).toBe(file.url);
    expect(left(site)).toEqual([file.name]);
  });

  it('is not removed where the field must hold one', async () => {
    const { device, remove } = await customerWithFile({ reqd: 1 });
    await expect(remove()).rejects.toMatchObject({ code: 'refused', message: expect.stringContaining('Map') });
    expect(await listOutbox(device.cache)).toEqual([]);
  });
});
