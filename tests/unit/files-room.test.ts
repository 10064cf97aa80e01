import { describe, expect, it, vi } from 'vitest';
import { leastUsed } from '@shared/files/room';
import { writeDocInfo } from '../../renderer/cache/comments';
import { keepDraft } from '../../renderer/cache/drafts';
import { filesByDocType } from '../../renderer/cache/files-by-doctype';
import { heldFiles } from '../../renderer/cache/held-files';
import { noteKeptFile, readKeptFile } from '../../renderer/cache/kept-files';
import { noteKeptPdf, readKeptPdf } from '../../renderer/cache/kept-pdf';
import { record } from '../../renderer/cache/record';
import { writeFilesOffline } from '../../renderer/cache/files-offline';
import { keepWithinQuota, letGo } from '../../renderer/sync/make-room';
import { attachThere } from '../support/attach-there';
import type { Device } from '../support/device';
import { goOffline, goOnline, syncedDevice } from '../support/synced-device';
import type { Synced } from '../support/synced-device';

const mb = 1_000_000;
const dayMs = 24 * 60 * 60 * 1000;

const file = (device: Device, text: string) => device.keepFile(Buffer.from(text));
const url = (name: string): string => `/private/files/${name}`;
const pdf = (device: Device, text: string, at: number) => ({ file: file(device, text), format: 'Standard', modified: null, at });

describe('what goes to make room', () => {
  const a = { id: 'a', size: 10, usedAt: 3 };
  const b = { id: 'b', size: 20, usedAt: 1 };
  const c = { id: 'c', size: 30, usedAt: 2 };

  it('is what was not used for longest, and no more than is needed', () => {
    expect(leastUsed([a, b, c], new Set(), 15)).toEqual([b]);
    expect(leastUsed([a, b, c], new Set(), 21)).toEqual([b, c]);
    expect(leastUsed([a, b, c], new Set(), 0)).toEqual([]);
    expect(leastUsed([a, b, c], new Set(), 1_000)).toEqual([b, c, a]);
  });

  it('is never what is unsent, and the same bytes go with the last that stands for them', () => {
    const again = { ...b, usedAt: 9 };
    expect(leastUsed([a, b, again, c], new Set(['c']), 5)).toEqual([a]);
    expect(leastUsed([a, b, again, c], new Set(['c']), 15)).toEqual([a, b, again]);
    expect(leastUsed([c], new Set(['c']), 5)).toEqual([]);
  });
});

/** A device with a customer that has an unsent file, a draft that names one, two fetched files and a PDF. */
async function full(): Promise<Synced & { name: string; unsent: string; drafted: string }> {
  const synced = await syncedDevice({ profile: ['Customer'] });
  const { device, site } = synced;
  const name = site.documents('Customer')[0]?.name ?? '';
  goOffline(device);
  const unsent = file(device, 'unsent');
  await record(device.ports, { kind: 'attach', doctype: 'Customer', name, file: unsent, fileName: 'own.txt', isPrivate: true });
  const drafted = file(device, 'drafted');
  await keepDraft(device.cache, { doctype: 'Customer', name }, { values: { held: drafted.id }, modified: null, savedAt: 1 });
  await noteKeptFile(device.cache, url('old.txt'), file(device, 'old'), 10);
  await noteKeptFile(device.cache, url('new.txt'), file(device, 'newer'), 30);
  // The same bytes as what is unsent: another person had attached them before.
  await noteKeptFile(device.cache, url('same.txt'), unsent, 1);
  await noteKeptPdf(device.cache, 'Customer', name, pdf(device, 'a page', 20));
  return { ...synced, name, unsent: unsent.id, drafted: drafted.id };
}

const taking = ({ device }: Synced, taken: number) =>
  vi.spyOn(device.ports.bridge.files, 'room').mockResolvedValue({ taken, disk: device.disk });

describe('where files take more room than they may', () => {
  it('those go that the server has as well, the least recently used first, and never unsent ones', async () => {
    const synced = await full();
    const { device, name, unsent, drafted } = synced;
    taking(synced, 2000 * mb + 1);
    await keepWithinQuota(device.ports);
    expect(await readKeptFile(device.cache, url('old.txt'))).toBeUndefined();
    expect(await readKeptFile(device.cache, url('new.txt'))).toBeDefined();
    expect(await readKeptPdf(device.cache, 'Customer', name)).toBeDefined();
    expect(device.files.size).toBe(4);
    taking(synced, 4000 * mb);
    await keepWithinQuota(device.ports);
    expect([...device.files.keys()].sort()).toEqual([unsent, drafted].sort());
    taking(synced, 10 * mb);
    await keepWithinQuota(device.ports);
    await goOnline(device);
    expect(device.logged.filter((line) => line.startsWith('error'))).toEqual([]);
    expect(synced.site.files().map(({ bytes }) => Buffer.from(bytes).toString())).toContain('unsent');
  });

  it('what the main process does not let go stays noted, and others go instead', async () => {
    const synced = await full();
    const { device, name } = synced;
    device.given.add(file(device, 'old').id);
    taking(synced, 2000 * mb + 1);
    await keepWithinQuota(device.ports);
    expect(await readKeptFile(device.cache, url('old.txt'))).toBeDefined();
    expect(await readKeptPdf(device.cache, 'Customer', name)).toBeUndefined();
    expect(await readKeptFile(device.cache, url('new.txt'))).toBeDefined();
  });

  it('bytes that stay for something else stay', async () => {
    const synced = await full();
    const { device, unsent } = synced;
    const { again } = await heldFiles(device.cache);
    expect(
      await letGo(
        device.ports,
        again.filter((one) => one.id === unsent),
      ),
    ).toBe(0);
    expect(device.files.has(unsent)).toBe(true);
    expect(await readKeptFile(device.cache, url('same.txt'))).toBeUndefined();
  });
});

describe('once a day', () => {
  it('files of documents that left, and bytes that nothing refers to, are forgotten; what a document here has stays', async () => {
    const synced = await full();
    const { device, name, unsent, drafted, site } = synced;
    await writeFilesOffline(device.cache, { of: 'none', largestMb: null });
    const attached = await attachThere(synced, name, 'new.txt', 'newer');
    await noteKeptFile(device.cache, attached, file(device, 'newer'), 1);
    const row = { name: 'f1', file_name: 'new.txt', file_url: attached, is_private: 1 as const };
    await writeDocInfo(device.cache, 'Customer', name, { comments: [], attachments: [row] }, device.time.now());
    await writeDocInfo(device.cache, 'Customer', 'Gone', { comments: [], attachments: [{ ...row, file_url: url('old.txt') }] }, 1);
    const picture = '/files/picture "1".png';
    await noteKeptFile(device.cache, picture, file(device, 'picture'), 1);
    site.as('office@example.com').update('Customer', name, { image: picture });
    const [replaced, current] = [pdf(device, 'a page', 20), pdf(device, 'a newer page', 21)];
    await noteKeptPdf(device.cache, 'Customer', name, current);
    await goOnline(device);
    goOffline(device);
    await device.pass(dayMs);
    await goOnline(device, 60_000);

    const kept = [...device.files.keys()];
    for (const id of [unsent, drafted, current.file.id, file(device, 'newer').id, file(device, 'picture').id]) expect(kept).toContain(id);
    expect(kept).not.toContain(replaced.file.id);
    expect(await readKeptFile(device.cache, url('old.txt'))).toBeUndefined();
    expect(await readKeptFile(device.cache, picture)).toBeDefined();
    expect(await readKeptFile(device.cache, attached)).toBeDefined();
    expect(kept).toHaveLength(5);
  });
});

describe('what files take by DocType', () => {
  it('counts each with the documents that it is on, the same bytes once, and what belongs to none by itself', async () => {
    const synced = await full();
    const { device, name } = synced;
    const { cache } = device;
    const order = { doctype: 'Sales Order', docname: 'SO-1' };
    const facts = { size: 5, md5: null, isPrivate: 1 as const, modified: '' };
    await cache.siteFiles.bulkPut([
      { name: 'F1', doctype: 'Customer', docname: name, fileName: 'new.txt', url: url('new.txt'), ...facts },
      { name: 'F2', ...order, fileName: 'new.txt', url: url('new.txt'), ...facts },
    ]);
    const seen = { name: 'F3', file_name: 'same.txt', file_url: url('same.txt'), is_private: 1 as const };
    await cache.docinfo.put({ doctype: 'Customer', name, keptAt: 1, attachments: [seen], comments: [], versions: [] });
    // Unsent and fetched, the same bytes: once. A PDF, and `new.txt`, which an order has too. `old.txt` is of no document here.
    expect(await filesByDocType(cache)).toEqual([
      { doctype: 'Customer', count: 3, bytes: 'unsent'.length + 'newer'.length + 'a page'.length },
      { doctype: 'Sales Order', count: 1, bytes: 'newer'.length },
      { doctype: null, count: 1, bytes: 'old'.length },
    ]);
  });
});
