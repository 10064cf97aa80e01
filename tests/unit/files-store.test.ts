import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AppError } from '@shared/errors';
import { contentType } from '@shared/format/content-type';
import { DataKey } from '../../electron/data-key';
import { FileStore } from '../../electron/files/file-store';
import { chunkBytes, headerBytes, plainSize, sealedChunkBytes, sealedSize } from '../../electron/files/sealed-format';
import { fakeEncryptor } from '../support/fake-encryptor';
import { rememberingLog } from '../support/quiet-log';
import { temporaryFolder } from '../support/temporary-folder';

const account = 'a'.repeat(32);

async function store(): Promise<{ files: FileStore; folder: string }> {
  const root = await temporaryFolder();
  const dataKey = new DataKey({ path: join(root, 'data-key.json'), encryptor: fakeEncryptor(), log: rememberingLog() });
  const folder = join(root, 'files');
  return { files: new FileStore({ folder, dataKey }), folder };
}

async function keep(files: FileStore, bytes: Buffer, name = 'photo.bin', piece = 100_000) {
  const { handle } = await files.begin(account, name, bytes.byteLength);
  for (let at = 0; at < bytes.byteLength; at += piece) await files.write(handle, bytes.subarray(at, at + piece));
  return files.finish(handle);
}

/** Received of a site, as what can be fetched again is. */
async function fetched(files: FileStore) {
  const bytes = randomBytes(10);
  const chunks = async function* () {
    yield bytes;
  };
  return { stored: await files.receive(account, 'a.bin', chunks()), chunks };
}

const codeOf = async (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'no failure',
    (thrown: unknown) => (thrown instanceof AppError ? thrown.code : String(thrown)),
  );

const onDisk = async (folder: string): Promise<string[]> => (await readdir(join(folder, account))).filter((name) => name !== 'incoming');

describe('kept files', () => {
  it.each([1, chunkBytes - 1, chunkBytes, chunkBytes + 1, 3 * chunkBytes, 1_234_567])(
    'come back as they were given: %i bytes',
    async (size) => {
      const { files, folder } = await store();
      const bytes = randomBytes(size);
      const stored = await keep(files, bytes);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      expect(stored).toMatchObject({ id: sha256, sha256, md5: createHash('md5').update(bytes).digest('hex'), size });
      const [name] = await onDisk(folder);
      const path = join(folder, account, name!);
      expect((await stat(path)).size).toBe(sealedSize(size));
      expect((await stat(path)).mode & 0o077).toBe(0);
      expect(plainSize(sealedSize(size))).toBe(size);
      expect(Buffer.from(await files.read(account, stored.id, 0, 4 * 1024 * 1024)).equals(bytes)).toBe(true);
      for (const [offset, length] of [
        [0, 1],
        [size - 1, 10],
        [chunkBytes - 3, 6],
        [size, 5],
      ] as const) {
        expect(Buffer.from(await files.read(account, stored.id, offset, length)).equals(bytes.subarray(offset, offset + length))).toBe(
          true,
        );
      }
    },
  );

  it('take pieces in the order that they were given in, without being waited for', async () => {
    const { files } = await store();
    const bytes = randomBytes(700_000);
    const { handle } = await files.begin(account, 'a.bin', bytes.byteLength);
    const given = [0, 1, 2, 3, 4, 5, 6].map((piece) => files.write(handle, bytes.subarray(piece * 100_000, (piece + 1) * 100_000)));
    const stored = await files.finish(handle);
    await Promise.all(given);
    expect(stored.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  it('take nothing after a piece that failed: what follows would leave a hole', async () => {
    const { files } = await store();
    const { handle } = await files.begin(account, 'a.bin', 300);
    const [tooMuch, next] = [files.write(handle, randomBytes(301)), files.write(handle, randomBytes(300))];
    expect(await codeOf(tooMuch)).toBe('too-large');
    expect(await codeOf(next)).toBe('too-large');
    expect(await codeOf(files.finish(handle))).toBe('too-large');
  });

  it('are kept once where the bytes are the same, under a name that tells nothing', async () => {
    const { files, folder } = await store();
    const bytes = Buffer.from('a page of a public document'.repeat(1000));
    const [one, two] = await Promise.all([keep(files, bytes, 'a.txt'), keep(files, bytes, 'b.txt')]);
    expect(one.id).toBe(two.id);
    const names = await onDisk(folder);
    expect(names).toHaveLength(1);
    expect(names[0]).not.toBe(one.sha256);
    expect((await readFile(join(folder, account, names[0]!))).includes('public document')).toBe(false);
    expect(await readdir(join(folder, account, 'incoming'))).toEqual([]);
  });

  it('do not open when cut, extended, reordered or changed', async () => {
    const { files, folder } = await store();
    const stored = await keep(files, randomBytes(3 * chunkBytes + 10));
    const path = join(folder, account, (await onDisk(folder))[0]!);
    const whole = await readFile(path);
    const chunk = (index: number) => whole.subarray(headerBytes + index * sealedChunkBytes, headerBytes + (index + 1) * sealedChunkBytes);
    const header = whole.subarray(0, headerBytes);
    const changed = Buffer.from(whole);
    changed[headerBytes + 5] = changed[headerBytes + 5]! ^ 1;
    const wrong: Buffer[] = [
      Buffer.concat([header, chunk(0), chunk(1), chunk(2)]),
      Buffer.concat([header, chunk(1), chunk(0), chunk(2), chunk(3)]),
      Buffer.concat([whole, chunk(3)]),
      whole.subarray(0, whole.byteLength - 1),
      changed,
      header,
      Buffer.alloc(0),
    ];
    for (const bytes of wrong) {
      await writeFile(path, bytes);
      const read = files.use(account, stored.id, async (reader) => {
        for await (const _piece of reader.chunks());
      });
      expect(await codeOf(read)).toBe('storage');
    }
    await writeFile(path, whole);
    expect((await files.read(account, stored.id, 0, 10)).byteLength).toBe(10);
  });

  it('refuse what is empty, too large, longer or shorter than announced, and leave nothing behind', async () => {
    const { files, folder } = await store();
    expect(await codeOf(files.begin(account, 'a', 0))).toBe('unsupported');
    expect(await codeOf(files.begin(account, 'a', 4 * 1024 ** 3))).toBe('too-large');
    const longer = await files.begin(account, 'a', 5);
    expect(await codeOf(files.write(longer.handle, Buffer.alloc(6)))).toBe('too-large');
    await files.abandon(longer.handle);
    const shorter = await files.begin(account, 'a', 5);
    await files.write(shorter.handle, Buffer.alloc(4));
    expect(await codeOf(files.finish(shorter.handle))).toBe('storage');
    expect(await codeOf(files.write(shorter.handle, Buffer.alloc(1)))).toBe('bad-parameters');
    await files.abandon('unknown');
    expect(await readdir(join(folder, account, 'incoming'))).toEqual([]);
    expect(await onDisk(folder)).toEqual([]);
  });

  it('that nothing refers to any more are forgotten after a while, the others stay', async () => {
    const { files, folder } = await store();
    const day = 24 * 60 * 60 * 1000;
    const [needed, replaced, young] = [await fetched(files), await fetched(files), await fetched(files)];
    const given = await keep(files, randomBytes(10));
    const old = new Date(Date.now() - 2 * day);
    for (const name of await onDisk(folder)) await utimes(join(folder, account, name), old, old);
    // The same bytes came again.
    await files.receive(account, 'again', young.chunks());
    const { freed } = await files.forgetOthers(account, [needed.stored.id], day);
    expect(freed).toBe(sealedSize(replaced.stored.size));
    expect(await onDisk(folder)).toHaveLength(3);
    for (const { id } of [needed.stored, young.stored, given]) expect((await files.read(account, id, 0, 1)).byteLength).toBe(1);
    expect(await codeOf(files.read(account, replaced.stored.id, 0, 1))).toBe('not-found');
    expect(await files.taken(account)).toBe(3 * sealedSize(10));
  });

  it('are forgotten when asked, and half received ones at the next start', async () => {
    const { files, folder } = await store();
    const { stored } = await fetched(files);
    await files.forget(account, [stored.id]);
    await files.forget(account, [stored.id]);
    expect(await codeOf(files.read(account, stored.id, 0, 1))).toBe('not-found');
    const { handle } = await files.begin(account, 'a', 100);
    await files.write(handle, randomBytes(50));
    expect(await readdir(join(folder, account, 'incoming'))).toHaveLength(1);
    await files.clearIncoming();
    expect(await readdir(join(folder, account, 'incoming'))).toEqual([]);
  });

  it('keep a stream whole or not at all', async () => {
    const { files, folder } = await store();
    const bytes = randomBytes(200_000);
    const chunks = async function* (breaks: boolean) {
      yield bytes.subarray(0, 150_000);
      if (breaks) throw new AppError('lost', 'broken');
      yield bytes.subarray(150_000);
    };
    expect(await codeOf(files.receive(account, '/files/a.pdf', chunks(true)))).toBe('lost');
    expect(await readdir(join(folder, account, 'incoming'))).toEqual([]);
    const stored = await files.receive(account, '/files/a.pdf', chunks(false));
    expect(stored.size).toBe(200_000);
    expect(await onDisk(folder)).toHaveLength(1);
  });
});

describe('content type', () => {
  it.each([
    [Buffer.from([0xff, 0xd8, 0xff, 0xe0]), 'photo.txt', 'image/jpeg'],
    [Buffer.from('%PDF-1.4'), 'a.jpg', 'application/pdf'],
    [Buffer.from('MZ\x90\0'), 'invoice.pdf', 'application/x-msdownload'],
    [Buffer.from('PK\x03\x04rest'), 'list.xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    [Buffer.from('PK\x03\x04rest'), 'list.jpg', 'application/zip'],
    [Buffer.from('a,b\n1,2\n'), 'list.csv', 'text/csv'],
    [Buffer.from('plain words'), 'photo.jpg', 'text/plain'],
    [Buffer.from('  <!DOCTYPE html><script>'), 'note.txt', 'text/html'],
    [Buffer.from('<?xml version="1.0"?><svg onload="x">'), 'a.png', 'image/svg+xml'],
    [Buffer.from([1, 2, 3, 0]), 'a.txt', 'application/octet-stream'],
  ])('is told by the bytes, and by the name only where they cannot tell', (head, name, type) => {
    expect(contentType(head, name)).toBe(type);
  });
});
