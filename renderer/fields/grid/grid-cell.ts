import type { DocField } from '@shared/erp/docfield';
import type { FieldValue } from '@shared/erp/document';
import { htmlTypes } from '@shared/erp/fieldtypes';
import type { NumberFormat } from '@shared/format/number';
import { parseDate, parseTime } from '@shared/form/parse-date';
import { parseNumber } from '@shared/form/parse-number';

const numbers: ReadonlySet<string> = new Set(['Int', 'Long Int', 'Float', 'Currency', 'Percent']);

export const isNumber = (field: DocField): boolean => numbers.has(field.fieldtype);

/** Types that a cell cannot edit well: their row's form does. */
export const wantsRowForm = (field: DocField): boolean =>
  htmlTypes.has(field.fieldtype) ||
  ['Attach', 'Attach Image', 'Table MultiSelect', 'Signature', 'Geolocation', 'Rating', 'Duration', 'Password', 'Image'].includes(
    field.fieldtype,
  );

/** Least width of a column in pixels, so that what it holds can be read. */
export function columnWidth(field: DocField): number {
  if (field.fieldtype === 'Check') return 80;
  if (isNumber(field)) return 104;
  if (field.fieldtype === 'Date' || field.fieldtype === 'Time') return 128;
  return 160;
}

/** Text pasted into a cell, as the field's value. What does not fit stays text, and is told at saving. */
export function pastedValue(field: DocField, text: string, format: NumberFormat, dateFormat: string, today: string): FieldValue {
  const bare = text.trim();
  if (bare === '') return null;
  if (isNumber(field)) return parseNumber(bare, format) ?? bare;
  if (field.fieldtype === 'Check') return /^(1|x|y|yes|true|✓)$/i.test(bare) ? 1 : 0;
  if (field.fieldtype === 'Date') return parseDate(bare, dateFormat, today) ?? bare;
  if (field.fieldtype === 'Time') return parseTime(bare) ?? bare;
  return bare;
}

/** Rows and cells of what a spreadsheet puts on the clipboard; cells in quotes may hold line breaks. */
export function readClipboardTable(text: string): string[][] {
  const rows: string[][] = [[]];
  const pattern = /(?:"((?:[^"]|"")*)"|([^\t\r\n]*))(\t|\r?\n|\r|$)/gy;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    rows.at(-1)?.push(match[1] === undefined ? (match[2] ?? '') : match[1].replaceAll('""', '"'));
    if (match[3] === '') break;
    if (match[3] !== '\t') rows.push([]);
  }
  return rows.at(-1)?.join('') === '' && rows.length > 1 ? rows.slice(0, -1) : rows;
}
