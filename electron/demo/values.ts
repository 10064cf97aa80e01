import type { DocField } from '@shared/erp/docfield';
import type { ChildRow, Doc, FieldValue } from '@shared/erp/document';

/** A document or a row of one, while the engine works on it. */
export type Entity = Doc | ChildRow;

const integerTypes = new Set(['Int', 'Check', 'Long Int']);
const numberTypes = new Set(['Int', 'Check', 'Long Int', 'Float', 'Currency', 'Percent', 'Rating', 'Duration']);
const standardNumbers = new Set(['docstatus', 'idx']);

export const isNumeric = (field: DocField): boolean => numberTypes.has(field.fieldtype);

/** Python's `cint` and `flt`: what is no number counts as 0. */
export function toNumber(value: unknown): number {
  if (typeof value === 'number') return Number.isFinite(value) ? value : 0;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value !== 'string') return 0;
  const number = Number(value.replaceAll(',', '').trim());
  return Number.isFinite(number) ? number : 0;
}

export const number = (record: Entity, fieldname: string): number => toNumber(record[fieldname]);

export function text(record: Entity, fieldname: string): string {
  const value = record[fieldname];
  return value === undefined || value === null || typeof value === 'object' ? '' : String(value);
}

/** The value as its column keeps it; `undefined` where the column would hold NULL. */
export function cast(field: DocField, value: unknown): FieldValue | undefined {
  if (value === undefined || value === null) return undefined;
  if (isNumeric(field)) {
    const numeric = toNumber(value);
    if (field.fieldtype === 'Check') return numeric === 0 ? 0 : 1;
    return integerTypes.has(field.fieldtype) ? Math.trunc(numeric) : numeric;
  }
  if (typeof value === 'object') return JSON.stringify(value);
  if (value === '' && (field.fieldtype === 'Date' || field.fieldtype === 'Datetime' || field.fieldtype === 'Time')) return undefined;
  return typeof value === 'string' ? value : String(value);
}

/** What a column of this name shows in a list: numbers are never NULL. */
export function column(record: Entity, fieldname: string, field: DocField | undefined): FieldValue {
  const value = record[fieldname];
  if (value !== undefined && value !== null && typeof value !== 'object') return value;
  return (field !== undefined && isNumeric(field)) || standardNumbers.has(fieldname) ? 0 : null;
}

/** Are two values of a field the same to the server? NULL and 0 are alike for numbers, NULL and "" for text. */
export function same(field: DocField, left: unknown, right: unknown): boolean {
  if (isNumeric(field)) return Math.abs(toNumber(left) - toNumber(right)) < 1e-9;
  if (field.fieldtype === 'Datetime') return sameStamp(String(left ?? ''), String(right ?? ''));
  if (field.fieldtype === 'Time') return time(left) === time(right);
  return String(left ?? '') === String(right ?? '');
}

const time = (value: unknown): string =>
  String(value ?? '')
    .replace(/^0(?=\d:)/, '')
    .replace(/\.?0+$/, '');

/** Stamps are equal whether or not trailing zeros of the microseconds are written. */
export const sameStamp = (left: string, right: string): boolean => left.replace(/\.?0+$/, '') === right.replace(/\.?0+$/, '');

/** MariaDB compares text without regard to case; names are unique in that sense. */
export const fold = (value: string): string => value.toLowerCase();

export const round = (value: number, digits: number): number => {
  const factor = 10 ** digits;
  return Math.round((value + Number.EPSILON * Math.sign(value)) * factor) / factor;
};

/** The moneys of a document are rounded to two places. */
export const money = (value: number): number => round(value, 2);
