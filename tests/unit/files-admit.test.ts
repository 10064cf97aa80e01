import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { admit, placesLeft } from '@shared/files/admit';
import { nameAndContent } from '@shared/files/name-and-content';
import { largestAfter, usualLargest } from '@shared/files/site-limit';
import { contentType } from '@shared/format/content-type';

const mebibyte = 1024 * 1024;
const file = (name: string, size: number) => ({ name, size });
const limits = { largest: usualLargest, places: null };

describe('of several files', () => {
  test('the good ones are taken, and each other one is told with its reason', () => {
    const good = [file('order.pdf', 1), file('photo.jpg', usualLargest)];
    const [empty, big, sparse] = [file('empty.txt', 0), file('film.mp4', 26 * mebibyte), file('sparse.img', 4 * 1024 * mebibyte)];
    expect(admit([empty, good[0]!, big, sparse, good[1]!], limits)).toEqual({
      taken: good,
      refused: [
        { file: empty, why: 'empty' },
        { file: big, why: 'too-large' },
        { file: sparse, why: 'too-large' },
      ],
    });
  });

  test('a photo that is made smaller first is not too large yet', () => {
    const madeSmaller = ({ name }: { name: string }): boolean => name.endsWith('.jpg');
    const { taken } = admit([file('a.jpg', 11), file('b.pdf', 11)], { largest: 10, places: null, madeSmaller });
    expect(taken.map(({ name }) => name)).toEqual(['a.jpg']);
  });

  test('as many are taken as the document has places for; bad ones take none', () => {
    const files = [file('empty', 0), file('a', 1), file('b', 1), file('c', 1)];
    const { taken, refused } = admit(files, { largest: 10, places: 2 });
    expect(taken.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(refused.map(({ file: { name }, why }) => [name, why])).toEqual([
      ['empty', 'empty'],
      ['c', 'too-many'],
    ]);
    expect(admit([file('a', 1)], { largest: 10, places: 0 }).taken).toEqual([]);
  });
});

describe('the places that a document has for files', () => {
  const waiting = { remote: null, state: { at: 'queued' } };
  const sent = (name: string) => ({ remote: { name }, state: null });

  test('are those of its DocType less the files of the server and those that wait here', () => {
    expect(placesLeft(5, [{ name: 'f1' }, { name: 'f2' }], [waiting])).toBe(2);
  });
  test('count a file once that was sent from here and is in the server’s list', () => {
    expect(placesLeft(5, [{ name: 'f1' }], [sent('f1'), sent('f2')])).toBe(3);
  });
  test('are none where the server has more than that already, and not limited without a number', () => {
    expect(placesLeft(1, [{ name: 'f1' }, { name: 'f2' }], [])).toBe(0);
    expect(placesLeft(0, [{ name: 'f1' }], [])).toBeNull();
    expect(placesLeft(undefined, [], [])).toBeNull();
  });
});

describe('the largest file of a site', () => {
  test('is less than one that it refused as too large, and as large as ever once it takes one of that size', () => {
    const learnt = largestAfter(usualLargest, 10 * mebibyte, 'too-large');
    expect(learnt).toBe(10 * mebibyte - 1);
    expect(largestAfter(learnt, 12 * mebibyte, 'too-large')).toBe(learnt);
    expect(largestAfter(learnt, 3 * mebibyte, 'taken')).toBe(learnt);
    expect(largestAfter(learnt, 10 * mebibyte, 'taken')).toBe(usualLargest);
  });
  test('is not learnt of a proxy that refuses the smallest', () => {
    expect(largestAfter(usualLargest, 500, 'too-large')).toBe(usualLargest);
  });
});

const starts = {
  jpeg: [0xff, 0xd8, 0xff, 0xe0],
  png: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  heic: [0, 0, 0, 24, ...Buffer.from('ftypheic')],
  pdf: [...Buffer.from('%PDF-1.7')],
  program: [...Buffer.from('MZ\u0090'), 0],
  page: [...Buffer.from('<!DOCTYPE html><script>alert(1)</script>')],
  drawing: [...Buffer.from('<?xml version="1.0"?><svg onload="x()">')],
  zip: [...Buffer.from('PK'), 3, 4],
  ole: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1],
  text: [...Buffer.from('a;b;c\n1;2;3\n')],
  bytes: [0, 1, 2, 3],
};
const judged = (name: string, start: keyof typeof starts) => nameAndContent(name, contentType(Uint8Array.from(starts[start]), name));

describe('a file whose name says something else than its content', () => {
  test.each([
    ['photo.jpg', 'jpeg'],
    ['photo.JPEG', 'jpeg'],
    ['scan.pdf', 'pdf'],
    ['list.csv', 'text'],
    ['prices.xlsx', 'zip'],
    ['protected.xlsx', 'ole'],
    ['old.xls', 'ole'],
    ['old.xls', 'page'],
    ['page.html', 'page'],
    ['setup.exe', 'program'],
    ['no ending', 'bytes'],
    ['reading.dat', 'bytes'],
  ] as const)('%s of %s says what it is', (name, start) => {
    expect(judged(name, start)).toEqual({ kind: 'true' });
  });

  test.each([
    ['photo.jpg', 'png', 'photo.png'],
    ['IMG_1.JPG', 'heic', 'IMG_1.heic'],
    ['photo.png', 'jpeg', 'photo.jpg'],
  ] as const)('%s of %s is a picture of another kind: it is %s', (name, start, fileName) => {
    expect(judged(name, start)).toEqual({ kind: 'renamed', fileName });
  });

  test.each([
    ['invoice.pdf', 'page', 'invoice.pdf', 'page'],
    ['invoice.pdf', 'program', 'invoice.pdf', 'program'],
    ['photo.jpg', 'program', 'photo.exe', 'program'],
    ['photo.jpg', 'page', 'photo.html', 'page'],
    ['photo.jpg', 'drawing', 'photo.svg', 'drawing'],
    ['photo.jpg', 'bytes', 'photo.bin', 'other'],
    ['photo.png', 'pdf', 'photo.png', 'pdf'],
    ['notes.txt', 'program', 'notes.txt', 'program'],
    ['prices.xlsx', 'page', 'prices.xlsx', 'page'],
  ] as const)('%s of %s is asked about', (name, start, fileName, content) => {
    expect(judged(name, start)).toEqual({ kind: 'doubt', fileName, content });
  });

  test('no other bytes go under the ending of a JPEG, whatever they are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), fc.constantFrom('a.jpg', 'b.JPEG'), (bytes, name) => {
        const type = contentType(bytes, name);
        const verdict = nameAndContent(name, type);
        expect(verdict.kind === 'true').toBe(type === 'image/jpeg');
        if (verdict.kind !== 'true') expect(verdict.fileName).not.toMatch(/\.jpe?g$/i);
      }),
    );
  });
});
