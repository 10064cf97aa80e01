import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { AppError } from '@shared/errors';
import { handOver } from '../../renderer/bridge/hand-over';
import { until } from '../support/until';

const mebi = 1024 * 1024;
const stored = { id: 'a'.repeat(64), sha256: 'a'.repeat(64), md5: 'b'.repeat(32), size: 1, type: 'text/plain' };

/** The main process, which takes a chunk when a test says so. */
function slowMain() {
  const written: Uint8Array[] = [];
  const said: string[] = [];
  const waiting: { take: () => void; refuse: (error: AppError) => void }[] = [];
  const files = {
    begin: async () => ({ handle: 'one' }),
    write: ({ bytes }: { bytes: Uint8Array }) => {
      written.push(bytes);
      return new Promise<null>((resolve, reject) => waiting.push({ take: () => resolve(null), refuse: reject }));
    },
    finish: async () => (said.push('finish'), stored),
    abandon: async () => (said.push('abandon'), null),
  };
  return { files, written, said, waiting };
}

const fileOf = (bytes: Uint8Array) => {
  const reads: number[] = [];
  const read = async (from: number, to: number) => (reads.push(from / mebi), new Uint8Array(bytes.subarray(from, to)));
  return { file: { name: 'a.bin', size: bytes.byteLength, read }, reads };
};

it('two chunks of a file are on their way at most, and come in their order', async () => {
  const { files, written, said, waiting } = slowMain();
  const bytes = randomBytes(4 * mebi + 5);
  const { file, reads } = fileOf(bytes);
  const told: number[] = [];
  const kept = handOver(files, 'account', file, (taken) => told.push(taken));
  await until(() => reads.length === 3);
  // The third is read, and waits for the first to be taken.
  expect([written.length, told]).toEqual([2, []]);
  for (let taken = 1; taken <= 5; taken += 1) {
    waiting[taken - 1]?.take();
    await until(() => told.length === taken);
    expect(written.length).toBeLessThanOrEqual(taken + 2);
    if (taken < 5) expect(said).toEqual([]);
  }
  expect(await kept).toBe(stored);
  expect(Buffer.concat(written).equals(bytes)).toBe(true);
  expect(told).toEqual([mebi, 2 * mebi, 3 * mebi, 4 * mebi, bytes.byteLength]);
  expect(said).toEqual(['finish']);
});

it('what fails first is told, nothing follows it, and the file is given up', async () => {
  const { files, written, said, waiting } = slowMain();
  const { file } = fileOf(randomBytes(6 * mebi));
  const kept = handOver(files, 'account', file, () => undefined);
  const failed = expect(kept).rejects.toMatchObject({ code: 'storage-full' });
  await until(() => written.length === 2);
  waiting[1]?.refuse(new AppError('storage', 'a later one'));
  waiting[0]?.refuse(new AppError('storage-full', 'The disk is full.'));
  await failed;
  expect(written).toHaveLength(2);
  expect(said).toEqual(['abandon']);
});

it('a file that cannot be read to its end is given up', async () => {
  const { files, said, waiting } = slowMain();
  const read = async (from: number) => {
    if (from > 0) throw new DOMException('gone', 'NotFoundError');
    return new Uint8Array(mebi);
  };
  const kept = handOver(files, 'account', { name: 'a.bin', size: 3 * mebi, read }, () => undefined);
  await expect(kept).rejects.toMatchObject({ name: 'NotFoundError' });
  waiting[0]?.take();
  expect(said).toEqual(['abandon']);
});
