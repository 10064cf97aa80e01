import { describe, expect, it } from 'vitest';
import { droppedFiles } from '../../renderer/components/dropped-files';

type Entry = { name: string; isFile: boolean; isDirectory: boolean };
type Failing = (reject: (error: unknown) => void) => void;

const file = (name: string): Entry & { file: (done: (file: File) => void) => void } => ({
  ...{ name, isFile: true, isDirectory: false },
  file: (done) => done(new File(['x'], name)),
});
const lostFile = (name: string) => ({
  ...{ name, isFile: true, isDirectory: false },
  file: (_done: unknown, fail: (error: unknown) => void) => fail(new DOMException('gone', 'NotFoundError')),
});

/** A folder is told in batches of a hundred, as Chromium does. */
function folder(name: string, entries: readonly Entry[], failing?: Failing) {
  return {
    ...{ name, isFile: false, isDirectory: true },
    createReader: () => {
      let at = 0;
      return {
        readEntries: (done: (batch: readonly Entry[]) => void, fail: (error: unknown) => void) => {
          if (failing !== undefined) return failing(fail);
          done(entries.slice(at, at + 100));
          at += 100;
        },
      };
    },
  };
}

/** What a drop carries: of a folder the browser gives a file, too, that cannot be read. */
function drop(...entries: Entry[]): DataTransfer {
  const items = entries.map((entry) => ({
    kind: 'file',
    webkitGetAsEntry: () => entry,
    getAsFile: () => new File(['x'], entry.name),
  }));
  // Only what is read of it.
  return { items } as unknown as DataTransfer;
}

const many = (count: number): Entry[] => Array.from({ length: count }, (_, index) => file(`${String(index).padStart(5, '0')}.txt`));
const names = ({ files }: { files: readonly File[] }): string[] => files.map(({ name }) => name);

describe('what is dropped', () => {
  it('is every file of a folder, by name, those in folders within it too, without what file managers leave there', async () => {
    const site = folder('site', [file('b.txt'), folder('a', [file('x.txt'), file('.DS_Store')]), file('Thumbs.db'), file('c.txt')]);
    const given = await droppedFiles(drop(file('first.txt'), site), 'opened');
    expect(names(given)).toEqual(['first.txt', 'x.txt', 'b.txt', 'c.txt']);
    expect([given.left, given.cut]).toEqual([[], false]);
  });

  it('is at most a thousand files, and tells that there were more', async () => {
    const given = await droppedFiles(drop(folder('all', [folder('a', many(600)), folder('b', many(600))])), 'opened');
    expect([given.files.length, given.cut]).toEqual([1000, true]);
    const just = await droppedFiles(drop(folder('all', many(1000))), 'opened');
    expect([just.files.length, just.cut]).toEqual([1000, false]);
  });

  it('is told where a folder or a file in it cannot be read, and the others are taken', async () => {
    const locked = folder('locked', [], (fail) => fail(new DOMException('no', 'NotReadableError')));
    const given = await droppedFiles(drop(folder('site', [locked, file('a.txt'), lostFile('b.txt')])), 'opened');
    expect(names(given)).toEqual(['a.txt']);
    expect(given.left).toEqual([
      { name: 'b.txt', why: 'unreadable' },
      { name: 'locked', why: 'unreadable' },
    ]);
  });

  it('is no folder where a single file is wanted', async () => {
    const given = await droppedFiles(drop(folder('site', [file('a.txt')]), file('b.txt')), 'left');
    expect([names(given), given.left]).toEqual([['b.txt'], [{ name: 'site', why: 'folder' }]]);
  });

  it('is nothing where nothing is carried', async () => {
    expect(await droppedFiles(null, 'opened')).toEqual({ files: [], left: [], cut: false });
  });
});
