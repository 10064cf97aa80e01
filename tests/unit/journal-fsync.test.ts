import { randomBytes, randomUUID } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { DataKey } from '../../electron/data-key';
import { FileStore } from '../../electron/files/file-store';
import { JournalFile } from '../../electron/journal/journal-file';
import { fakeEncryptor } from '../support/fake-encryptor';
import { rememberingLog } from '../support/quiet-log';
import { temporaryFolder } from '../support/temporary-folder';
import { until } from '../support/until';

type Gate = { waiting: () => number; release: () => void };

/** Holds every fsync of this process back until it is released. */
async function gateOfSync(folder: string): Promise<Gate> {
  const handle = await open(join(folder, 'any'), 'w');
  // All handles share the prototype, which Node does not export.
  const prototype = Object.getPrototypeOf(handle) as FileHandle;
  await handle.close();
  const held: (() => void)[] = [];
  const original = prototype.sync;
  const spy = vi.spyOn(prototype, 'sync').mockImplementation(async function (this: FileHandle) {
    await new Promise<void>((resolve) => held.push(resolve));
    return original.call(this);
  });
  onTestFinished(() => spy.mockRestore());
  return { waiting: () => held.length, release: () => held.shift()?.() };
}

describe('what is acknowledged is on the disk', () => {
  it('an append returns after the fsync that covers it, and those that come meanwhile share the next one', async () => {
    const folder = await temporaryFolder();
    const journal = await JournalFile.open({
      path: join(folder, 'journal'),
      key: randomBytes(32),
      log: rememberingLog(),
      now: () => new Date(0),
    });
    const gate = await gateOfSync(folder);
    const done: number[] = [];
    const append = (number: number) => journal.append([{ kind: 'put', id: randomUUID(), entry: number }]).then(() => done.push(number));
    const appends = [append(1)];
    await until(() => gate.waiting() === 1);
    appends.push(append(2), append(3), append(4));
    await new Promise((resolve) => setImmediate(resolve));
    expect(done).toEqual([]);
    gate.release();
    await until(() => gate.waiting() === 1);
    expect(done).toEqual([1]);
    gate.release();
    await Promise.all(appends);
    expect(done).toEqual([1, 2, 3, 4]);
    expect(gate.waiting()).toBe(0);
    await journal.close();
  });

  it('a file is finished after the fsync of its bytes and of its folder', async () => {
    const folder = await temporaryFolder();
    const dataKey = new DataKey({ path: join(folder, 'data-key.json'), encryptor: fakeEncryptor(), log: rememberingLog() });
    await dataKey.place();
    const files = new FileStore({ folder: join(folder, 'files'), dataKey });
    // The folders are made, and synced, by the first file.
    await files.abandon((await files.begin('a'.repeat(32), 'a.bin', 3)).handle);
    const gate = await gateOfSync(folder);
    const { handle } = await files.begin('a'.repeat(32), 'a.bin', 3);
    await files.write(handle, Buffer.from('abc'));
    let finished = false;
    const finish = files.finish(handle).then(() => (finished = true));
    for (const _sync of process.platform === 'win32' ? ['bytes'] : ['bytes', 'folder']) {
      await until(() => gate.waiting() === 1);
      expect(finished).toBe(false);
      gate.release();
    }
    await finish;
  });
});
