import { describe, expect, it } from 'vitest';
import { createDemoSite } from '../../electron/demo/site';
import { attachmentsOf } from '../../renderer/cache/attachments';
import { entriesOf, listOutbox } from '../../renderer/cache/outbox';
import { setAllPaused } from '../../renderer/cache/paused';
import { listReceipts } from '../../renderer/cache/receipts';
import { record } from '../../renderer/cache/record';
import { pauseUpload, takeAway } from '../../renderer/cache/steer-uploads';
import type { Device } from '../support/device';
import { once } from '../support/faults-schedule';
import type { Fault } from '../support/faults';
import { edit, goOffline, goOnline, syncedDevice } from '../support/synced-device';
import { VirtualTime } from '../support/virtual-time';

const doctype = 'Customer';
const upload = { method: 'POST', path: '/api/method/upload_file' };

async function customer() {
  const synced = await syncedDevice({ profile: [doctype] });
  goOffline(synced.device);
  return { ...synced, name: synced.site.documents(doctype)[0]?.name ?? '' };
}

const attach = (device: Device, name: string, text: string, more: { fieldname?: string } = {}) =>
  record(device.ports, {
    kind: 'attach',
    doctype,
    name,
    file: device.keepFile(new TextEncoder().encode(text)),
    fileName: `${text}.txt`,
    isPrivate: true,
    ...more,
  });

const ownFile = async (device: Device, name: string) => (await attachmentsOf(device.cache, doctype, name))[0]?.id ?? '';
const namesThere = (site: { files(): { doc: { [field: string]: unknown } }[] }) => site.files().map(({ doc }) => doc['file_name']);

describe('a paused upload', () => {
  it('stays here, lets what was done after it go, and goes when its person says so', async () => {
    const { site, device, requests, name } = await customer();
    const { entry } = await attach(device, name, 'big');
    await attach(device, name, 'small');
    await edit(device, doctype, name, { website: 'mine.example' });
    await pauseUpload(device.ports, entry ?? '', true);
    await goOnline(device, 3_600_000);
    expect(namesThere(site)).toEqual(['small.txt']);
    expect(site.document(doctype, name)?.['website']).toBe('mine.example');
    expect(await entriesOf(device.cache, doctype, name)).toMatchObject([{ paused: true, state: { at: 'queued' } }]);
    // Nothing looks through the outbox again and again for what stays: a sync may come in these minutes, no more.
    const asked = requests.length;
    await device.pass(120_000);
    expect(requests.length - asked).toBeLessThan(20);

    await pauseUpload(device.ports, entry ?? '', false);
    device.engine.handle({ kind: 'saved' });
    await device.pass(5_000);
    expect(namesThere(site)).toEqual(['small.txt', 'big.txt']);
  });

  it('that fills an Attach field keeps what follows on its document, and nothing of other documents', async () => {
    const time = new VirtualTime();
    const site = createDemoSite({ now: time.now, scale: 8 });
    site.as('Administrator').insert('Custom Field', { dt: doctype, fieldname: 'custom_map', label: 'Map', fieldtype: 'Attach' });
    const { device } = await syncedDevice({ site, time });
    const [name = '', other = ''] = site.documents(doctype).map((doc) => doc.name);
    goOffline(device);
    const { entry } = await attach(device, name, 'map', { fieldname: 'custom_map' });
    await record(device.ports, { kind: 'comment', doctype, name, content: 'see the map' });
    await record(device.ports, { kind: 'comment', doctype, name: other, content: 'no map' });
    await pauseUpload(device.ports, entry ?? '', true);
    await goOnline(device, 60_000);
    expect((await listOutbox(device.cache)).map(({ operation }) => operation.kind)).toEqual(['attach', 'comment']);
    await pauseUpload(device.ports, entry ?? '', false);
    device.engine.handle({ kind: 'saved' });
    await device.pass(60_000);
    expect(await listOutbox(device.cache)).toEqual([]);
    expect(site.document(doctype, name)?.['custom_map']).toBe(site.files()[0]?.doc['file_url']);
  });

  it('is one of all where all are paused, also those that come later', async () => {
    const { site, device, name } = await customer();
    await attach(device, name, 'before');
    await setAllPaused(device.cache, true);
    await attach(device, name, 'after');
    await record(device.ports, { kind: 'comment', doctype, name, content: 'without files' });
    await goOnline(device, 60_000);
    expect((await listOutbox(device.cache)).map(({ operation }) => operation.kind)).toEqual(['attach', 'attach']);
    await setAllPaused(device.cache, false);
    device.engine.handle({ kind: 'saved' });
    await device.pass(60_000);
    expect(namesThere(site)).toEqual(['before.txt', 'after.txt']);
  });

  it('whose answer was lost before is looked for, and not sent while it is paused', async () => {
    const { site, device, network, requests, name } = await customer();
    const { entry } = await attach(device, name, 'cut');
    network.now = once(upload, { kind: 'drop-request' });
    await goOnline(device, 1_000);
    await pauseUpload(device.ports, entry ?? '', true);
    await device.pass(600_000);
    expect(await entriesOf(device.cache, doctype, name)).toMatchObject([{ paused: true, state: { at: 'queued' } }]);
    expect(site.files()).toEqual([]);
    await pauseUpload(device.ports, entry ?? '', false);
    device.engine.handle({ kind: 'saved' });
    await device.pass(5_000);
    expect(namesThere(site)).toEqual(['cut.txt']);
    expect(requests.filter(({ method }) => method === 'POST')).toHaveLength(2);
  });
});

describe('a file that is taken away again', () => {
  it('leaves no trace where it was not sent, and its bytes stay until nothing needs them', async () => {
    const { site, device, name } = await customer();
    await attach(device, name, 'mistake');
    expect(await takeAway(device.ports, await ownFile(device, name))).toBe('taken-back');
    await goOnline(device, 60_000);
    expect(site.files()).toEqual([]);
    expect(await listReceipts(device.cache, 5)).toEqual([]);
    expect(device.files.size).toBe(1);
  });

  it('is removed there where it was sent', async () => {
    const { site, device, name } = await customer();
    await attach(device, name, 'sent');
    await goOnline(device);
    expect(await takeAway(device.ports, await ownFile(device, name))).toBe('queued');
    device.engine.handle({ kind: 'saved' });
    await device.pass(5_000);
    expect(site.files()).toEqual([]);
    expect(await attachmentsOf(device.cache, doctype, name)).toEqual([]);
    expect((await listReceipts(device.cache, 5)).map(({ kind }) => kind)).toEqual(['detach', 'attach']);
  });

  it.each<[string, Fault, string[]]>([
    ['arrived, stays and is told as sent', { kind: 'drop-answer' }, ['stopped.txt']],
    ['did not arrive, is not sent again', { kind: 'drop-request' }, []],
    ['was put off by the server, is not sent again', { kind: 'server-error', excType: 'QueryDeadlockError' }, []],
    ['was refused, is not laid before its person', { kind: 'server-error', excType: 'ValidationError' }, []],
  ])('on its way: one that %s', async (_, fault, there) => {
    const { site, device, network, name } = await customer();
    await attach(device, name, 'stopped');
    network.now = once(upload, { kind: 'later', ms: 10_000, fault });
    await goOnline(device, 1_000);
    expect(await takeAway(device.ports, await ownFile(device, name))).toBe('stopping');
    await device.pass(600_000);
    expect(namesThere(site)).toEqual(there);
    expect(await listOutbox(device.cache)).toEqual([]);
    expect((await attachmentsOf(device.cache, doctype, name)).length).toBe(there.length);
    expect((await listReceipts(device.cache, 5)).map(({ fileName }) => fileName)).toEqual(there);
  });
});
