/** The first rows of a text, and whether it goes on. */
export type CsvRows = { rows: string[][]; more: boolean };

const separators = [',', ';', '\t', '|'] as const;

/** The separator that most of a row is split by: counted in the first lines, outside quotes. A comma where none is. */
export function separatorOf(text: string): string {
  const outside = text.slice(0, 4096).replace(/"(?:[^"]|"")*"/g, '');
  const [best = ','] = [...separators].sort((a, b) => outside.split(b).length - outside.split(a).length);
  return best;
}

/**
 * Rows of comma-separated text (RFC 4180), at most so many. Lenient: a quote within a cell that does not begin with one is a
 * letter, and a quote that is never closed runs to the end. Empty lines are left out.
 */
export function csvRows(text: string, most: number, separator = separatorOf(text)): CsvRows {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = text.startsWith('\ufeff') ? 1 : 0;
  while (at < text.length) {
    if (rows.length === most) return { rows, more: true };
    const inQuotes = text[at] === '"' ? quoted(text, at) : { value: '', end: at };
    const rest = plain(text, inQuotes.end, separator);
    row.push(inQuotes.value + rest.value);
    at = rest.end;
    if (text[at] === separator) {
      at += 1;
      // The line ends with a separator: one more cell, which is empty.
      if (at < text.length && text[at] !== '\r' && text[at] !== '\n') continue;
      row.push('');
    }
    at += text.startsWith('\r\n', at) ? 2 : 1;
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  }
  return { rows, more: false };
}

type Cell = { value: string; end: number };

function plain(text: string, at: number, separator: string): Cell {
  let end = at;
  while (end < text.length && text[end] !== separator && text[end] !== '\n' && text[end] !== '\r') end += 1;
  return { value: text.slice(at, end), end };
}

function quoted(text: string, at: number): Cell {
  let value = '';
  let from = at + 1;
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote === -1) return { value: value + text.slice(from), end: text.length };
    value += text.slice(from, quote);
    if (text[quote + 1] !== '"') return { value, end: quote + 1 };
    value += '"';
    from = quote + 2;
  }
}
