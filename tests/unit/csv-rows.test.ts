import { describe, expect, it } from 'vitest';
import { csvRows, separatorOf } from '@shared/format/csv-rows';
import { previewOf } from '@shared/format/file-kind';
import { toCsv } from '../../renderer/views/list/csv';
import { decodeText } from '../../renderer/views/document/preview/decode-text';

const rowsOf = (text: string, most = 100) => csvRows(text, most).rows;

describe('a table of comma-separated text', () => {
  it('is read as it was written', () => {
    const rows = [
      ['Item', 'Note'],
      ['A "1"', 'two\r\nlines; and, commas'],
      ['', 'x'],
    ];
    expect(rowsOf(toCsv(rows))).toEqual(rows);
  });

  it('is split by the separator that it uses', () => {
    expect(separatorOf('a;b;c\n"1,5;x";2;3\n')).toBe(';');
    expect(separatorOf('a\tb\n1,5\t2\n')).toBe('\t');
    expect(separatorOf('a|b\n')).toBe('|');
    expect(separatorOf('one column\n')).toBe(',');
    expect(rowsOf('a;b\n1,5;2')).toEqual([
      ['a', 'b'],
      ['1,5', '2'],
    ]);
  });

  it.each([
    ['empty cells, at the end too', 'a,,b,\n', [['a', '', 'b', '']]],
    ['empty lines, and line ends of any system', 'a\r\n\r\nb\rc\n', [['a'], ['b'], ['c']]],
    ['a quote within a cell', 'it is 5" long,x', [['it is 5" long', 'x']]],
    ['a quote that is never closed', 'a,"b\nc', [['a', 'b\nc']]],
    ['letters after a closed quote', '"a"b,c', [['ab', 'c']]],
    ['nothing', '', []],
  ])('has %s', (_what, text, rows) => {
    expect(rowsOf(text)).toEqual(rows);
  });

  it('tells that there are more rows than are shown', () => {
    expect(csvRows('a\nb\nc\n', 2)).toEqual({ rows: [['a'], ['b']], more: true });
    expect(csvRows('a\nb\n', 2)).toEqual({ rows: [['a'], ['b']], more: false });
  });
});

describe('what a file is shown as', () => {
  const head = new TextEncoder().encode('text');
  it('is told by its content, and never a page or a drawing that may run', () => {
    expect(previewOf('a.jpg', 'image/jpeg', head)).toBe('picture');
    expect(previewOf('page.html', 'text/html', head)).toBe('text');
    expect(previewOf('drawing.svg', 'image/svg+xml', head)).toBe('text');
    expect(previewOf('a.pdf', 'application/pdf', head)).toBe('pdf');
    expect(previewOf('list.csv', 'text/csv', head)).toBe('table');
    expect(previewOf('list.TSV', 'text/plain', head)).toBe('table');
    expect(previewOf('page.csv', 'application/x-msdownload', head)).toBe('none');
    expect(previewOf('old.txt', 'application/octet-stream', Uint8Array.of(0xff, 0xfe, 65, 0))).toBe('text');
    expect(previewOf('a.zip', 'application/zip', Uint8Array.of(0xff, 0xfe))).toBe('none');
  });
});

describe('the encoding of a text', () => {
  const bytes = (...all: number[]) => Uint8Array.from(all);
  it('is judged by its bytes', () => {
    expect(decodeText(new TextEncoder().encode('grün'))).toEqual({ text: 'grün', encoding: 'utf-8' });
    expect(decodeText(bytes(0xef, 0xbb, 0xbf, 0x61))).toEqual({ text: 'a', encoding: 'utf-8' });
    expect(decodeText(bytes(0x67, 0x72, 0xfc, 0x6e))).toEqual({ text: 'grün', encoding: 'windows-1252' });
    expect(decodeText(bytes(0xff, 0xfe, 0x61, 0, 0xfc, 0))).toEqual({ text: 'aü', encoding: 'utf-16le' });
    expect(decodeText(bytes(0xfe, 0xff, 0, 0x61))).toEqual({ text: 'a', encoding: 'utf-16be' });
  });

  it('is not mistaken where the part that is shown ends within a letter', () => {
    expect(decodeText(new TextEncoder().encode('grün').slice(0, 3))).toEqual({ text: 'gr', encoding: 'utf-8' });
  });
});
