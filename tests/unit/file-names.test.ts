import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diskName } from '@shared/format/disk-name';
import { uploadName } from '@shared/sync/upload-name';

const sha256 = 'ab12cd34'.padEnd(64, '0');
const characters = (text: string): number => Array.from(text).length;
const bytes = (text: string): number => Buffer.byteLength(text);
const family = '👨‍👩‍👧‍👦';

describe('the name of a file', () => {
  test.each([
    ['../../x', '-..-x'],
    ['../../etc/passwd', '-..-etc-passwd'],
    ['C:\\photos\\pallet.jpg', 'C--photos-pallet.jpg'],
    ['a:b*c?.pdf', 'a-b-c-.pdf'],
    ['a\u0000b\nc.txt', 'a-b-c.txt'],
    ['nul.txt', '-nul.txt'],
    ['Com1', '-Com1'],
    ['con .txt', '-con .txt'],
    ['console.txt', 'console.txt'],
    ['  .hidden. ', 'hidden'],
    ['', 'file'],
    ['...', 'file'],
    ['gpj.\u202eexe', 'gpj.-exe'],
    ['\u2067\u05e9\u05dc\u05d5\u05dd\u2069.pdf', '-\u05e9\u05dc\u05d5\u05dd-.pdf'],
    ['half \ud83d.png', 'half -.png'],
    ['Lieferschein Nr. 7.pdf', 'Lieferschein Nr. 7.pdf'],
    ['damage 🚚 ok.jpg', 'damage 🚚 ok.jpg'],
    [`${'a'.repeat(300)}.pdf`, `${'a'.repeat(136)}.pdf`],
    [`${'a'.repeat(300)} no ending`, 'a'.repeat(140)],
    [`${'é'.repeat(300)}.pdf`, `${'é'.repeat(118)}.pdf`],
  ])('%j becomes %j', (name, expected) => {
    expect(diskName(name)).toBe(expected);
  });

  test('is cut between what a person sees as signs: a family of four stays whole or goes', () => {
    const name = diskName(`${family.repeat(20)}.png`);
    expect(name).toBe(`${family.repeat(9)}.png`);
  });

  test('is one of a file, fits the server, and stays as it is the second time, whatever it was', () => {
    const parts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.constantFrom('con', 'LPT1', '.', ' ', '..', '/', '\\', family, '.jpg', '\u202e', '\ud800', 'a'.repeat(139), '.tar.gz', '\u00a0'),
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 6 }), (pieces) => {
        const name = diskName(pieces.join(''));
        expect(name).not.toMatch(/[\\/:*?"<>|\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}|^[.\s]|[.\s]$/u);
        expect(name).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i);
        expect(characters(name)).toBeGreaterThan(0);
        expect(characters(name)).toBeLessThanOrEqual(140);
        expect(bytes(name)).toBeLessThanOrEqual(240);
        expect(diskName(name)).toBe(name);
      }),
      { numRuns: 2000 },
    );
  });

  test('keeps its ending however long it is', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 400 }),
        fc.constantFrom('.jpg', '.pdf', '.xlsx'),
        (stem, ending) => {
          expect(diskName(`x${stem}${ending}`).endsWith(ending)).toBe(true);
        },
      ),
    );
  });
});

describe('the name that a file is sent under', () => {
  test('is unique for a photo, which the server rewrites, and its own for anything else', () => {
    expect(uploadName('pallet.JPEG', 'image/jpeg', sha256)).toBe('pallet-ab12cd34.jpg');
    expect(uploadName('pallet.png', 'image/jpeg', sha256)).toBe('pallet-ab12cd34.jpg');
    expect(uploadName('order.pdf', 'application/pdf', sha256)).toBe('order.pdf');
    expect(uploadName('../../x', 'text/plain', sha256)).toBe('-..-x');
  });

  test('has room for what makes it unique, and no half emoji before it', () => {
    expect(uploadName(`${'a'.repeat(300)}.jpg`, 'image/jpeg', sha256)).toBe(`${'a'.repeat(127)}-ab12cd34.jpg`);
    expect(uploadName(`${'🚚'.repeat(100)}.jpg`, 'image/jpeg', sha256)).toBe(`${'🚚'.repeat(56)}-ab12cd34.jpg`);
    expect(uploadName('.jpg', 'image/jpeg', sha256)).toBe('jpg-ab12cd34.jpg');
  });
});
