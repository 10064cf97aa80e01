import { randomUUID, randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { JournalEntry } from '@shared/bridge/journal';
import { AppError } from '@shared/errors';
import { DataKey } from '../../electron/data-key';
import { FileStore } from '../../electron/files/file-store';
import { Journal } from '../../electron/journal/journal';
import { openExport } from '../../electron/work/export-file';
import { headerBytes } from '../../electron/work/export-format';
import { Work } from '../../electron/work/work';
import { fakeEncryptor } from '../support/fake-encryptor';
import { rememberingLog } from '../support/quiet-log';
import { temporaryFolder } from '../support/temporary-folder';

const account = 'a'.repeat(32);
const passphrase = 'three blue herons';

const journals: Journal[] = [];
afterEach(() => Promise.all(journals.splice(0).map((journal) => journal.close())));

/** A host with a data folder of its own; what it hands over lands at `path`. */
async function host() {
  const folder = await temporaryFolder();
  const dataKey = new DataKey({ path: join(folder, 'data-key.json'), encryptor: fakeEncryptor(), log: rememberingLog() });
  const files = new FileStore({ folder: join(folder, 'files'), dataKey });
  const journal = new Journal({ folder: join(folder, 'journals'), dataKey, log: rememberingLog(), now: () => new Date() });
  journals.push(journal);
  const path = join(folder, 'exported');
  const work = new Work({
    folder: join(folder, 'imports'),
    journal,
    files,
    handOver: async (_name, write) => (await write(path), { at: 'saved' }),
    now: () => new Date('2026-05-06T07:08:09Z'),
    account: () => ({ siteUrl: 'https://erp.example', user: 'ada@example.com' }),
  });
  return { files, journal, work, path };
}

async function keep(files: FileStore, bytes: Uint8Array): Promise<string> {
  const { handle } = await files.begin(account, 'photo.jpg', bytes.byteLength);
  await files.write(handle, bytes);
  return (await files.finish(handle)).id;
}

async function received(work: Work, bytes: Buffer): Promise<string> {
  const { handle } = await work.begin();
  for (let at = 0; at < bytes.byteLength; at += 70_001) await work.write(handle, bytes.subarray(at, at + 70_001));
  return handle;
}

/** A journal with a change, one that was sending, and two files (one larger than a chunk), exported. */
async function exported() {
  const from = await host();
  const photo = randomBytes(200_000);
  const note = Buffer.from('Rings twice');
  const ids = [await keep(from.files, photo), await keep(from.files, note)];
  const [first, second, third] = [randomUUID(), randomUUID(), randomUUID()];
  await from.journal.append(account, [
    // The small file comes first: it is whole before what is damaged further on.
    { kind: 'done', id: third },
    { kind: 'put', id: first, entry: { attachment: { file: ids[1] }, customer: 'Grant Plastics' } },
    { kind: 'put', id: second, entry: { attachment: { file: ids[0] } } },
    { kind: 'put', id: third, entry: { attachment: { file: 'f'.repeat(64) } } },
    { kind: 'sending', id: second, at: 'x' },
  ]);
  const told = await from.work.export(account, passphrase);
  return { from, told, photo, ids, file: await readFile(from.path), entries: await from.journal.read(account) };
}

const code = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'nothing was thrown',
    (thrown: unknown) => AppError.from(thrown).code,
  );

describe('exported work', () => {
  it('brings changes and the bytes of their files to another device, and says which bytes were gone', async () => {
    const { told, photo, ids, file, entries } = await exported();
    expect(told).toEqual({ handedOver: { at: 'saved' }, changes: 3, files: 2, missing: 1 });
    const to = await host();
    const imported = await to.work.open(await received(to.work, file), account, passphrase);
    expect(imported).toEqual({ entries, files: 2, exportedAt: '2026-05-06T07:08:09.000Z' });
    expect(imported.entries.map((entry: JournalEntry) => entry.sending)).toEqual([false, true, false]);
    expect(imported.entries[2]).toMatchObject({ ended: true });
    expect(Buffer.from(await to.files.read(account, ids[0]!, 0, 300_000)).equals(photo)).toBe(true);
    expect(Buffer.from(await to.files.read(account, ids[1]!, 0, 100)).toString()).toBe('Rings twice');
  });

  it('holds nothing that can be read without the passphrase', async () => {
    const { file } = await exported();
    for (const word of ['Grant', 'Rings', 'ada@example.com', 'erp.example']) expect(file.includes(word)).toBe(false);
  });

  it('tells a wrong passphrase, after which the right one still serves', async () => {
    const { file } = await exported();
    const { work } = await host();
    const handle = await received(work, file);
    expect(await code(work.open(handle, account, 'three blue heron'))).toBe('sign-in');
    expect((await work.open(handle, account, passphrase)).files).toBe(2);
  });

  it('tells a file of another account, and one that is something else', async () => {
    const { file } = await exported();
    const { work } = await host();
    await expect(work.open(await received(work, file), 'b'.repeat(32), passphrase)).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('ada@example.com'),
    });
    expect(await code(work.open(await received(work, Buffer.from('%PDF-1.7 and so on, longer than a header')), account, passphrase))).toBe(
      'unsupported',
    );
    expect(await code(work.open(await received(work, Buffer.alloc(0)), account, passphrase))).toBe('unsupported');
  });

  it('tells damage anywhere behind its header, and a file cut short, and takes nothing from it', async () => {
    const { file, ids } = await exported();
    const { work, files } = await host();
    const places = [headerBytes, headerBytes + 500, Math.floor(file.byteLength / 2), file.byteLength - 1];
    const changed = places.map((at) => {
      const copy = Buffer.from(file);
      copy[at] = copy[at]! ^ 1;
      return copy;
    });
    const cut = [headerBytes, headerBytes + 3, file.byteLength - 1, file.byteLength - 20].map((end) => file.subarray(0, end));
    for (const bytes of [...changed, ...cut])
      expect(await code(work.open(await received(work, bytes), account, passphrase))).toBe('storage');
    for (const id of ids) expect(await code(files.read(account, id, 0, 1))).toBe('not-found');
  });

  it('is not fooled by chunks in another order', async () => {
    const { file } = await exported();
    const chunk = 64 * 1024 + 16;
    const [first, second] = [headerBytes, headerBytes + chunk];
    const swapped = Buffer.concat([
      file.subarray(0, first),
      file.subarray(second, second + chunk),
      file.subarray(first, second),
      file.subarray(second + chunk),
    ]);
    const path = join(await temporaryFolder(), 'swapped');
    await writeFile(path, swapped);
    expect(await code(openExport(path, passphrase))).toBe('storage');
  });
});
