import { randomBytes, randomUUID } from 'node:crypto';
import { readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { JournalRecord } from '@shared/bridge/journal';
import { JournalFile } from '../../electron/journal/journal-file';
import { sealRecord } from '../../electron/journal/record-format';
import { scan } from '../../electron/journal/scan';
import { rememberingLog } from '../support/quiet-log';
import { temporaryFolder } from '../support/temporary-folder';

const key = randomBytes(32);
const now = () => new Date('2026-11-23T03:00:00Z');

const open = (path: string, log = rememberingLog()) => JournalFile.open({ path, key, log, now });
const put = (id: string, entry: unknown): JournalRecord => ({ kind: 'put', id, entry });

/** A journal's bytes with the records `0 … count-1`, and where each begins and ends. */
function bytesOf(count: number): { file: Buffer; ends: number[] } {
  const sealed = Array.from({ length: count }, (_, index) => sealRecord(key, index + 1, JSON.stringify(put(randomUUID(), { n: index }))));
  const ends: number[] = [];
  for (const record of sealed) ends.push((ends.at(-1) ?? 0) + record.byteLength);
  return { file: Buffer.concat(sealed), ends };
}

const numbers = (file: Buffer): number[] =>
  scan(key, file).records.map(({ text }) => (JSON.parse(text) as { entry: { n: number } }).entry.n);

describe('journal', () => {
  it('gives unsent work back in the order it was first put, and says what was sending', async () => {
    const path = join(await temporaryFolder(), 'account', 'journal');
    const [a, b, c] = [randomUUID(), randomUUID(), randomUUID()];
    const journal = await open(path);
    await journal.append([put(a, { v: 1 }), put(b, { v: 1 }), put(c, { v: 1 })]);
    await journal.append([put(a, { v: 2 }), { kind: 'sending', id: b, at: 'x' }, { kind: 'done', id: c }]);
    const expected = [
      { id: a, entry: { v: 2 }, sending: false },
      { id: b, entry: { v: 1 }, sending: true },
    ];
    expect(journal.entries()).toEqual(expected);
    await journal.close();
    const again = await open(path);
    expect(again.entries()).toEqual(expected);
    expect(again.condition).toEqual({ torn: false, damaged: 0 });
    // Put again after it was sending: whether it arrived is still not known.
    await again.append([put(b, { v: 3 })]);
    expect(again.entries()[1]).toEqual({ id: b, entry: { v: 3 }, sending: true });
    await again.close();
  });

  it('keeps every append that was acknowledged, however many come at once, in few writes', async () => {
    const path = join(await temporaryFolder(), 'journal');
    const journal = await open(path);
    const ids = Array.from({ length: 300 }, () => randomUUID());
    await Promise.all(ids.map((id) => journal.append([put(id, {})])));
    await journal.close();
    const again = await open(path);
    expect(again.entries().map((entry) => entry.id)).toEqual(ids);
    await again.close();
  });

  it('loses at most the record that was being written, wherever the file is cut', async () => {
    const { file, ends } = bytesOf(5);
    for (let length = 0; length <= file.byteLength; length += 1) {
      const found = scan(key, file.subarray(0, length));
      const whole = ends.filter((end) => end <= length).length;
      expect([length, found.records.length, found.damaged]).toEqual([length, whole, 0]);
      expect(found.torn).toBe(length !== 0 && !ends.includes(length));
      expect(found.end).toBe(whole === 0 ? 0 : ends[whole - 1]);
    }
  });

  it('goes on after a torn end, and a torn end in the same place again', async () => {
    const path = join(await temporaryFolder(), 'journal');
    const { file } = bytesOf(2);
    const long = sealRecord(key, 3, JSON.stringify(put(randomUUID(), 'x'.repeat(5000))));
    await writeFile(path, Buffer.concat([file, long.subarray(0, 4000)]));
    const log = rememberingLog();
    const journal = await open(path, log);
    expect(journal.condition).toEqual({ torn: true, damaged: 0 });
    expect(log.lines.join()).toContain('not finished');
    const id = randomUUID();
    await journal.append([put(id, { n: 'new' })]);
    await journal.close();
    const again = await open(path);
    expect(again.entries().map((entry) => entry.entry)).toEqual([{ n: 0 }, { n: 1 }, { n: 'new' }]);
    // Nothing of the torn record stands behind the new one.
    expect(again.condition).toEqual({ torn: false, damaged: 0 });
    await again.close();
  });

  it('reports a changed byte anywhere, and recovers every other record', () => {
    const { file, ends } = bytesOf(4);
    for (let at = 0; at < file.byteLength; at += 1) {
      const changed = Buffer.from(file);
      changed[at] = changed[at]! ^ 0xff;
      const hit = ends.findIndex((end) => at < end);
      const found = scan(key, changed);
      expect([at, numbers(changed)]).toEqual([at, [0, 1, 2, 3].filter((index) => index !== hit)]);
      expect([at, found.damaged > 0 || found.torn]).toEqual([at, true]);
      // Only in the last record can damage look like an unfinished write.
      if (hit < 3) expect([at, found.damaged, found.torn]).toEqual([at, 1, false]);
    }
  });

  it('reports a record taken out, moved or repeated', () => {
    const { file, ends } = bytesOf(3);
    const [first, second, third] = [file.subarray(0, ends[0]), file.subarray(ends[0], ends[1]), file.subarray(ends[1])];
    expect(scan(key, Buffer.concat([first, third])).damaged).toBe(1);
    expect(numbers(Buffer.concat([first, third]))).toEqual([0, 2]);
    expect(scan(key, Buffer.concat([first, second, first, third])).damaged).toBeGreaterThan(0);
    expect(numbers(Buffer.concat([first, second, first, third]))).toEqual([0, 1, 2]);
  });

  it('keeps a damaged file aside and goes on with what it could read', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'journal');
    const { file, ends } = bytesOf(3);
    file[ends[0]! + 40] = file[ends[0]! + 40]! ^ 1;
    await writeFile(path, file);
    const journal = await open(path);
    expect(journal.condition).toEqual({ torn: false, damaged: 1, damagedAt: expect.any(Number) as number });
    await journal.append([put(randomUUID(), { n: 'after' })]);
    await journal.close();
    expect((await readdir(folder)).sort()).toEqual(['journal', `journal.damaged-${now().getTime()}`]);
    expect((await readFile(`${path}.damaged-${now().getTime()}`)).equals(file)).toBe(true);
    const again = await open(path);
    expect(again.condition).toEqual({ torn: false, damaged: 0 });
    expect(again.entries().map((entry) => entry.entry)).toEqual([{ n: 0 }, { n: 2 }, { n: 'after' }]);
    await again.close();
  });

  it('says of what is put after it ended that it had, until it is put once more', async () => {
    const path = join(await temporaryFolder(), 'journal');
    const journal = await open(path);
    const id = randomUUID();
    await journal.append([put(id, 1), { kind: 'done', id }, put(id, 1)]);
    expect(journal.entries()).toEqual([{ id, entry: 1, sending: false, ended: true }]);
    // It fills the file, so that it is written anew.
    for (let round = 0; round < 8; round += 1) {
      const other = randomUUID();
      await journal.append([put(other, 'x'.repeat(300_000)), { kind: 'done', id: other }]);
    }
    await journal.close();
    expect((await stat(path)).size).toBeLessThan(1_200_000);
    const again = await open(path);
    expect(again.entries()).toEqual([{ id, entry: 1, sending: false, ended: true }]);
    await again.append([put(id, 2)]);
    expect(again.entries()).toEqual([{ id, entry: 2, sending: false }]);
    await again.close();
  });

  it('becomes small again when most of it is settled, keeping what is not', async () => {
    const path = join(await temporaryFolder(), 'journal');
    const journal = await open(path);
    const [kept, sending] = [randomUUID(), randomUUID()];
    await journal.append([put(kept, { keep: true }), put(sending, { s: 1 }), { kind: 'sending', id: sending, at: 'x' }]);
    const big = 'x'.repeat(300_000);
    for (let round = 0; round < 8; round += 1) {
      const id = randomUUID();
      await journal.append([put(id, { big })]);
      await journal.append([{ kind: 'done', id }]);
    }
    const last = randomUUID();
    await journal.append([put(last, 1)]);
    await journal.close();
    expect((await stat(path)).size).toBeLessThan(1_200_000);
    const again = await open(path);
    expect(again.entries()).toEqual([
      { id: kept, entry: { keep: true }, sending: false },
      { id: sending, entry: { s: 1 }, sending: true },
      { id: last, entry: 1, sending: false },
    ]);
    expect(again.condition).toEqual({ torn: false, damaged: 0 });
    await again.close();
  });

  it('holds nothing that can be read without its key', async () => {
    const path = join(await temporaryFolder(), 'journal');
    const journal = await open(path);
    await journal.append([put(randomUUID(), { customer: 'Grant Plastics Ltd.' })]);
    await journal.close();
    const file = await readFile(path);
    expect(file.includes('Grant')).toBe(false);
    expect(scan(randomBytes(32), file).records).toEqual([]);
    expect((await stat(path)).mode & 0o077).toBe(0);
  });
});
