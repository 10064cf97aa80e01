import { describe, expect, test } from 'vitest';
import { isPicture, mayRun, previewOf } from '@shared/format/file-kind';

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

  test('a PDF is shown as pages by what it holds, whatever it is called', () => {
    expect(previewOf('invoice.txt', 'application/pdf', new Uint8Array())).toBe('pdf');
    expect(previewOf('invoice.pdf', 'application/octet-stream', new Uint8Array())).toBe('none');
  });

  test('a picture is told by its content, and a drawing with scripts is none', () => {
    expect(isPicture('image/jpeg')).toBe(true);
    expect(isPicture('image/svg+xml')).toBe(false);
  });
});
