import { createHash } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import type { FilesOffline } from '@shared/files/files-offline';
import { lowDiskBytes } from '@shared/files/room';
import { createRandom } from '../../electron/demo/engine/random';
import { offlineFiles, writeFilesOffline } from '../../renderer/cache/files-offline';
import { readKeptFile } from '../../renderer/cache/kept-files';
import { setPin } from '../../renderer/cache/pins';
import { record } from '../../renderer/cache/record';
import { calm, seeded, times } from '../support/faults-schedule';
import { attachThere } from '../support/attach-there';
import { goOffline, goOnline, syncedDevice } from '../support/synced-device';
import type { Synced } from '../support/synced-device';

const mb = 1_000_000;
const dayMs = 24 * 60 * 60 * 1000;

/** A device with two customers, the first of which is pinned. */
async function withCustomers(choice?: FilesOffline): Promise<Synced & { pinned: string; other: string }> {
  const synced = await syncedDevice({ profile: ['Customer'] });
  const [pinned = '', other = ''] = synced.site.documents('Customer').map(({ name }) => name);
  await setPin(synced.device.cache, { doctype: 'Customer', name: pinned }, true);
  if (choice !== undefined) await writeFilesOffline(synced.device.cache, choice);
  return { ...synced, pinned, other };
}

const fetchFiles = async ({ device }: Synced): Promise<void> => {
  device.engine.handle({ kind: 'fetch-files', again: true });
  await device.settle();
};

const isHere = async ({ device }: Synced, url: string): Promise<boolean> => (await readKeptFile(device.cache, url)) !== undefined;
const downloads = ({ requests }: Synced): number => requests.filter(({ url }) => url.includes('/files/')).length;

describe('attachments that are kept offline', () => {
  it('are those of pinned documents under 5 MB unless something else is chosen', async () => {
    const synced = await withCustomers();
    const small = await attachThere(synced, synced.pinned, 'small.txt', 'small');
    const large = await attachThere(synced, synced.pinned, 'large.bin', new Uint8Array(5 * mb + 1));
    const elsewhere = await attachThere(synced, synced.other, 'other.txt', 'other');
    await fetchFiles(synced);
    expect(await isHere(synced, small)).toBe(true);
    expect(await isHere(synced, large)).toBe(false);
    expect(await isHere(synced, elsewhere)).toBe(false);
    expect(synced.device.engine.state.files).toMatchObject({ done: 1, total: 1, stopped: null, fetching: false });
    expect(Buffer.from(synced.device.files.get((await readKeptFile(synced.device.cache, small))?.id ?? '') ?? []).toString()).toBe('small');
  });

  it('are those of all documents of the profile, of any size, where that is chosen, and none where that is', async () => {
    const synced = await withCustomers({ of: 'profile', largestMb: null });
    const urls = [
      await attachThere(synced, synced.pinned, 'large.bin', new Uint8Array(6 * mb)),
      await attachThere(synced, synced.other, 'other.txt', 'other'),
    ];
    await fetchFiles(synced);
    for (const url of urls) expect(await isHere(synced, url)).toBe(true);
    expect(await offlineFiles(synced.device.cache)).toMatchObject({ here: [{}, {}], missing: [], refused: [] });

    await writeFilesOffline(synced.device.cache, { of: 'none', largestMb: null });
    const later = await attachThere(synced, synced.pinned, 'later.txt', 'later');
    const before = synced.requests.length;
    await fetchFiles(synced);
    expect(await isHere(synced, later)).toBe(false);
    expect(synced.requests.length).toBe(before);
  });

  it('come with the sync after they were attached, without a word, and a deleted one is no longer missed', async () => {
    const synced = await withCustomers();
    await fetchFiles(synced);
    const url = await attachThere(synced, synced.pinned, 'new.txt', 'new');
    await synced.device.pass(70 * 60_000);
    expect(await isHere(synced, url)).toBe(true);
    const gone = await attachThere(synced, synced.pinned, 'gone.txt', 'gone');
    synced.network.now = times(99, { path: /gone/ }, { kind: 'drop-request' });
    await synced.device.pass(70 * 60_000);
    expect((await offlineFiles(synced.device.cache)).missing.map((file) => file.url)).toEqual([gone]);
    const file = synced.site.files().find(({ doc }) => doc['file_url'] === gone);
    synced.site.as('Administrator').delete('File', file?.doc.name ?? '');
    await synced.device.pass(70 * 60_000);
    expect((await offlineFiles(synced.device.cache)).missing).toEqual([]);
  });

  it('that were deleted there after they were listed are no longer missed', async () => {
    const synced = await withCustomers();
    const url = await attachThere(synced, synced.pinned, 'gone.txt', 'gone');
    synced.network.now = times(99, { path: /gone/ }, { kind: 'drop-request' });
    await fetchFiles(synced);
    synced.network.now = calm;
    const file = synced.site.files().find(({ doc }) => doc['file_url'] === url);
    synced.site.as('Administrator').delete('File', file?.doc.name ?? '');
    synced.site.engine.disk.delete(url);
    await synced.device.pass(15 * 60_000);
    expect(await offlineFiles(synced.device.cache)).toMatchObject({ missing: [], refused: [] });
  });

  it('are listed to the last of them, however many a site has', async () => {
    const synced = await withCustomers({ of: 'profile', largestMb: 1 });
    const { site, device, other } = synced;
    const url = await attachThere(synced, other, 'large.bin', new Uint8Array(2 * mb));
    const [file] = site.files();
    if (file === undefined) throw new Error('the demo site lost the file');
    site.load(Array.from({ length: 1100 }, (_, n) => ({ ...file.doc, name: `f${n}` })));
    site.load([{ ...file.doc, name: 'zz', attached_to_name: 'Nobody here' }]);
    await fetchFiles(synced);
    expect(await device.cache.siteFiles.count()).toBe(1101);
    const lists = synced.requests.filter((request) => decodeURIComponent(request.url).includes('/api/resource/File'));
    expect(lists).toHaveLength(3);
    expect(await isHere(synced, url)).toBe(false);
  });

  it('that are refused are not asked for at each sync, but again after a day, or when the person asks', async () => {
    const synced = await withCustomers();
    const url = await attachThere(synced, synced.pinned, 'secret.txt', 'secret');
    const bytes = synced.site.engine.disk.get(url) ?? new Uint8Array();
    synced.site.engine.disk.delete(url);
    await fetchFiles(synced);
    expect(await offlineFiles(synced.device.cache)).toMatchObject({ missing: [], refused: [{ url }] });
    const asked = downloads(synced);
    await synced.device.pass(70 * 60_000);
    expect(downloads(synced)).toBe(asked);
    goOffline(synced.device);
    await synced.device.pass(dayMs);
    await goOnline(synced.device, 60_000);
    expect(downloads(synced)).toBe(asked + 1);
    synced.site.engine.disk.set(url, bytes);
    await fetchFiles(synced);
    expect(await isHere(synced, url)).toBe(true);
  });

  it('that come damaged are asked for once more and not kept', async () => {
    const synced = await withCustomers();
    const url = await attachThere(synced, synced.pinned, 'plan.txt', 'the whole plan');
    synced.site.engine.disk.set(url, Buffer.from('the whole pl'));
    await fetchFiles(synced);
    expect(downloads(synced)).toBe(2);
    expect(await isHere(synced, url)).toBe(false);
    expect((await offlineFiles(synced.device.cache)).refused).toMatchObject([{ url }]);
    expect(synced.device.files.size).toBe(0);
  });

  it('go on where they stopped when the connection is back', async () => {
    const synced = await withCustomers({ of: 'profile', largestMb: null });
    const urls: string[] = [];
    for (let n = 0; n < 12; n += 1) urls.push(await attachThere(synced, n % 2 ? synced.pinned : synced.other, `f${n}.txt`, `file ${n}`));
    let answered = 0;
    synced.network.now = (request) => (answered > 5 ? { kind: 'offline' } : void (answered += Number(request.url.includes('/files/'))));
    await fetchFiles(synced);
    await synced.device.pass(1_000);
    const here = async (): Promise<number> => (await offlineFiles(synced.device.cache)).here.length;
    const first = await here();
    expect(first).toBeGreaterThan(2);
    expect(first).toBeLessThan(12);
    await synced.device.pass(60_000);
    expect(await here()).toBe(first);
    synced.network.now = calm;
    await synced.device.pass(600_000);
    expect(await here()).toBe(12);
    expect(downloads(synced)).toBeLessThan(24);
  });

  it('are fetched anew when the file changed there', async () => {
    const synced = await withCustomers();
    const url = await attachThere(synced, synced.pinned, 'plan.txt', 'first plan');
    await fetchFiles(synced);
    const bytes = Buffer.from('second plan');
    synced.site.engine.disk.set(url, bytes);
    const file = synced.site.files().find(({ doc }) => doc['file_url'] === url);
    const facts = { content_hash: createHash('md5').update(bytes).digest('hex'), file_size: bytes.byteLength };
    synced.site.setSilently('File', file?.doc.name ?? '', facts);
    await synced.device.pass(70 * 60_000);
    expect(await readKeptFile(synced.device.cache, url)).toMatchObject({ md5: facts.content_hash });
  });

  it.each([1, 2, 3, 4])('are whole, each of them, when a bad line is a good one again (seed %i)', async (seed) => {
    const synced = await withCustomers({ of: 'profile', largestMb: null });
    const sent = new Map<string, string>();
    for (let n = 0; n < 10; n += 1) {
      const text = `file ${n} `.repeat(20 + n);
      sent.set(await attachThere(synced, n % 2 ? synced.pinned : synced.other, `f${n}.txt`, text), text);
    }
    const random = createRandom(seed);
    synced.network.now = seeded(() => random.next(), 0.4, [
      { kind: 'drop-request' },
      { kind: 'drop-answer' },
      { kind: 'half-json' },
      { kind: 'login-page' },
      { kind: 'bad-gateway' },
      { kind: 'server-error', excType: 'OperationalError' },
      { kind: 'delay', ms: 20_000 },
    ]);
    await fetchFiles(synced);
    await synced.device.pass(5 * 60_000);
    // Whatever is kept by then is what was sent.
    const kept = async (url: string): Promise<string | null> => {
      const file = await readKeptFile(synced.device.cache, url);
      return file === undefined ? null : Buffer.from(synced.device.files.get(file.id) ?? []).toString();
    };
    for (const [url, text] of sent) expect([text, null]).toContain(await kept(url));
    synced.network.now = calm;
    await synced.device.pass(10 * 60_000);
    await fetchFiles(synced);
    for (const [url, text] of sent) expect(await kept(url)).toBe(text);
    expect(await offlineFiles(synced.device.cache)).toMatchObject({ missing: [], refused: [] });
  });

  it('do not wait for one that breaks off each time', async () => {
    const synced = await withCustomers({ of: 'profile', largestMb: null });
    const bad = await attachThere(synced, synced.pinned, 'bad.txt', 'never comes');
    const others = [];
    for (let n = 0; n < 6; n += 1) others.push(await attachThere(synced, synced.other, `f${n}.txt`, `file ${n}`));
    synced.network.now = times(99, { path: /bad/ }, { kind: 'drop-answer' });
    await fetchFiles(synced);
    for (const url of others) expect(await isHere(synced, url)).toBe(true);
    expect((await offlineFiles(synced.device.cache)).missing).toMatchObject([{ url: bad }]);
  });

  it('wait where they would take more room than files may, or the last of the disk; smaller ones come', async () => {
    const synced = await withCustomers({ of: 'pinned', largestMb: null });
    const { device } = synced;
    const large = await attachThere(synced, synced.pinned, 'large.bin', new Uint8Array(3 * mb));
    const small = await attachThere(synced, synced.pinned, 'small.txt', 'small');
    const room = vi.spyOn(device.ports.bridge.files, 'room');
    room.mockResolvedValue({ taken: 1999 * mb, disk: device.disk });
    await fetchFiles(synced);
    expect([await isHere(synced, large), await isHere(synced, small)]).toEqual([false, true]);
    expect(device.engine.state.files).toMatchObject({ stopped: 'quota' });
    room.mockResolvedValue({ taken: 0, disk: { ...device.disk, free: lowDiskBytes + mb } });
    await fetchFiles(synced);
    expect(await isHere(synced, large)).toBe(false);
    expect(device.engine.state.files).toMatchObject({ stopped: 'disk' });
    // Where the system does not tell how full the disk is, files come all the same.
    room.mockResolvedValue({ taken: 0, disk: null });
    await fetchFiles(synced);
    expect(await isHere(synced, large)).toBe(true);
    room.mockRestore();
    await fetchFiles(synced);
    expect(device.engine.state.files).toBeNull();
  });

  it('are not fetched where this device sent them, nor while a download is paused', async () => {
    const synced = await withCustomers();
    const { device } = synced;
    const file = device.keepFile(Buffer.from('signed here'));
    await record(device.ports, { kind: 'attach', doctype: 'Customer', name: synced.pinned, file, fileName: 'own.txt', isPrivate: true });
    device.engine.handle({ kind: 'saved' });
    await device.pass(5_000);
    const url = await attachThere(synced, synced.pinned, 'theirs.txt', 'theirs');
    device.engine.handle({ kind: 'pause-download' });
    await device.pass(10 * 60_000);
    expect(downloads(synced)).toBe(0);
    await fetchFiles(synced);
    expect(await isHere(synced, url)).toBe(true);
    expect(downloads(synced)).toBe(1);
  });

  it('of a site that lets this person list no files are none, and the documents come all the same', async () => {
    const synced = await withCustomers();
    synced.network.now = times(99, { path: '/api/resource/File' }, { kind: 'between', answer: () => Promise.resolve(forbidden()) });
    await fetchFiles(synced);
    expect(synced.device.engine.state).toMatchObject({ files: null, connectivity: { kind: 'online' } });
  });
});

const forbidden = (): Response =>
  new Response(JSON.stringify({ exc_type: 'PermissionError' }), { status: 403, headers: { 'content-type': 'application/json' } });
