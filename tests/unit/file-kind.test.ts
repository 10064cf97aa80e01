import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diskName } from '@shared/format/disk-name';
import { isPicture, mayRun } from '@shared/format/file-kind';

describe('what a file would do when it is opened', () => {
  test.each([
    ['invoice.pdf.exe', 'application/octet-stream'],
    ['SETUP.EXE', 'application/x-msdownload'],
    ['photo.jpg', 'application/x-msdownload'],
    ['run.sh', 'text/plain'],
    ['page.html', 'text/html'],
    ['drawing.svg', 'image/svg+xml'],
    ['prices.xlsm', 'application/vnd.ms-excel'],
    ['trick.exe. ', 'application/octet-stream'],
  ])('%s (%s) may run', (name, type) => {
    expect(mayRun(name, type)).toBe(true);
  });

  test.each([
    ['invoice.pdf', 'application/pdf'],
    ['photo.jpg', 'image/jpeg'],
    ['prices.xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    ['exe', 'text/plain'],
    ['notes.txt', 'text/plain'],
  ])('%s (%s) is only read', (name, type) => {
    expect(mayRun(name, type)).toBe(false);
  });

  test('a picture is told by its content, and a drawing with scripts is none', () => {
    expect(isPicture('image/jpeg')).toBe(true);
    expect(isPicture('image/svg+xml')).toBe(false);
  });
});

describe('names on disk', () => {
  test.each([
    ['../../etc/passwd', '-..-etc-passwd'],
    ['a:b*c?.pdf', 'a-b-c-.pdf'],
    ['nul.txt', '-nul.txt'],
    ['  .hidden', 'hidden'],
    ['', 'file'],
    ['...', 'file'],
    ['gpj.\u202eexe', 'gpj.-exe'],
    ['Lieferschein Nr. 7.pdf', 'Lieferschein Nr. 7.pdf'],
    [`${'a'.repeat(300)}.pdf`, `${'a'.repeat(196)}.pdf`],
  ])('%j becomes %j', (name, expected) => {
    expect(diskName(name)).toBe(expected);
  });

  test('whatever the name, it is one of a file, short enough, and stays as it is the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (name) => {
        const safe = diskName(name);
        expect(safe).not.toMatch(/[\\/]/);
        expect(['', '.', '..']).not.toContain(safe);
        expect(safe.length).toBeLessThanOrEqual(200);
        expect(diskName(safe)).toBe(safe);
      }),
    );
  });
});
