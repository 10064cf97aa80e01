import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { OpenedFiles } from '../../electron/files/opened-files';
import { temporaryFolder } from '../support/temporary-folder';

async function* chunks(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}

describe('copies for other programs', () => {
  test('are whole, readable by this user alone, and cannot be written to', async () => {
    const opened = new OpenedFiles(join(await temporaryFolder(), 'opened'));
    const path = await opened.write('notes.txt', chunks('one ', 'two'));
    expect(await readFile(path, 'utf8')).toBe('one two');
    expect((await stat(path)).mode & 0o777).toBe(0o400);
    expect(basename(path)).toBe('notes.txt');
  });

  test('stay in their folder, whatever their name, and are gone when it is cleared', async () => {
    const folder = join(await temporaryFolder(), 'opened');
    const opened = new OpenedFiles(folder);
    const path = await opened.write('../../evil.sh', chunks('x'));
    expect(relative(folder, path)).not.toMatch(/^\.\./);
    await opened.clear();
    await expect(readdir(folder)).rejects.toThrow('ENOENT');
  });

  test('leave nothing behind when the file cannot be read', async () => {
    const folder = join(await temporaryFolder(), 'opened');
    const broken = (async function* () {
      yield Buffer.from('x');
      throw new Error('damaged');
    })();
    await expect(new OpenedFiles(folder).write('a.pdf', broken)).rejects.toThrow();
    expect(await readdir(folder)).toEqual([]);
  });
});
