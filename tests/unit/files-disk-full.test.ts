import { randomBytes, randomUUID } from 'node:crypto';
import { readdirSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { DataKey } from '../../electron/data-key';
import { FileStore } from '../../electron/files/file-store';
import { Journal } from '../../electron/journal/journal';
import { storageFailure } from '../../electron/storage-failure';
import { fakeEncryptor } from '../support/fake-encryptor';
import { rememberingLog } from '../support/quiet-log';
import { smallDisk } from '../support/small-disk';

const account = 'a'.repeat(32);
const disk = smallDisk(512);
afterAll(() => disk?.remove());

const dataKeyIn = (folder: string) =>
  new DataKey({ path: join(folder, 'data-key.json'), encryptor: fakeEncryptor(), log: rememberingLog() });

describe('a full disk', () => {
  it('is told apart from a broken one, and neither names a path', () => {
    const failure = (code: string) => storageFailure(Object.assign(new Error(`${code}: write '/home/someone/file'`), { code }));
    expect(failure('ENOSPC').code).toBe('storage-full');
    expect(failure('EDQUOT').code).toBe('storage-full');
    expect(failure('EIO').code).toBe('storage');
    expect(JSON.stringify([failure('ENOSPC').toData(), failure('EIO').toData()])).not.toContain('someone');
  });

  it.skipIf(disk === null)('refuses a file and leaves nothing of it', async () => {
    const folder = join(disk!.folder, 'files');
    const files = new FileStore({ folder, dataKey: dataKeyIn(disk!.folder) });
    const bytes = randomBytes(1024 * 1024);
    const { handle } = await files.begin(account, 'a.bin', bytes.byteLength);
    await expect(files.write(handle, bytes)).rejects.toMatchObject({ code: 'storage-full' });
    await files.abandon(handle);
    expect(readdirSync(join(folder, account, 'incoming'))).toEqual([]);
  });

  it.skipIf(disk === null)('fails an append, keeps what was acknowledged, and goes on when there is room again', async () => {
    const folder = disk!.folder;
    const options = { folder: join(folder, 'journals'), dataKey: dataKeyIn(folder), log: rememberingLog(), now: () => new Date(0) };
    const journal = new Journal(options);
    const [first, second, third] = [randomUUID(), randomUUID(), randomUUID()];
    await journal.append(account, [{ kind: 'put', id: first, entry: 1 }]);
    const filler = join(folder, 'filler');
    try {
      writeFileSync(filler, Buffer.alloc(2 * 1024 * 1024));
    } catch {
      // As much as there was room for.
    }
    const large = { kind: 'put', id: second, entry: 'x'.repeat(100_000) } as const;
    await expect(journal.append(account, [large])).rejects.toMatchObject({ code: 'storage-full' });
    unlinkSync(filler);
    await journal.append(account, [{ kind: 'put', id: third, entry: 3 }]);
    await journal.close();
    const again = new Journal(options);
    expect((await again.read(account)).map((entry) => entry.id)).toEqual([first, third]);
    expect(await again.condition(account)).toEqual({ torn: false, damaged: 0 });
    await again.close();
  });
});
