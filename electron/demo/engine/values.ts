import type { DocField } from '@shared/erp/docfield';
import type { ChildRow, Doc, FieldValue } from '@shared/erp/document';
import { numericTypes } from '@shared/erp/fieldtypes';

/** A document or a row of one, while the engine works on it. */
export type Entity = Doc | ChildRow;

const integerTypes = new Set(['Int', 'Check', 'Long Int']);
const standardNumbers = new Set(['docstatus', 'idx']);

export const isNumeric = (field: DocField): boolean => numericTypes.has(field.fieldtype);

/** Does a column of this name hold numbers, which are never NULL? */
export const isNumberColumn = (fieldname: string, field: DocField | undefined): boolean =>
  field === undefined ? standardNumbers.has(fieldname) : isNumeric(field);

/** Python's `cint` and `flt`: what is no number counts as 0. */
export function toNumber(value: unknown): number {
  const number = typeof value === 'string' ? Number(value.replaceAll(',', '').trim()) : Number(value ?? 0);
  return Number.isFinite(number) ? number : 0;
}

export const number = (record: Entity, fieldname: string): number => toNumber(record[fieldname]);

/** The field as text; also of a record that is not there. */
export function text(record: Entity | undefined, fieldname: string): string {
  const value = record?.[fieldname];
  return value === undefined || value === null || typeof value === 'object' ? '' : String(value);
}

export const sumOf = (records: readonly Entity[], fieldname: string): number =>
  records.reduce((sum, record) => sum + number(record, fieldname), 0);

/** The value as its column keeps it; `undefined` where the column would hold NULL. */
export function cast(field: DocField, value: unknown): FieldValue | undefined {
  if (value === undefined || value === null) return undefined;
  if (field.fieldtype === 'Check') return toNumber(value) === 0 ? 0 : 1;
  if (isNumeric(field)) return integerTypes.has(field.fieldtype) ? Math.trunc(toNumber(value)) : toNumber(value);
  if (typeof value === 'object') return JSON.stringify(value);
  // Kept elsewhere; the document has stars in its place.
  if (field.fieldtype === 'Password') return '*'.repeat(String(value).length);
  return value === '' && ['Date', 'Datetime', 'Time'].includes(field.fieldtype) ? undefined : String(value);
}

/** What a column of this name shows in a list: numbers are never NULL. */
export function column(record: Entity, fieldname: string, field: DocField | undefined): FieldValue {
  const value = record[fieldname];
  if (value !== undefined && value !== null && typeof value !== 'object') return value;
  return isNumberColumn(fieldname, field) ? 0 : null;
}

/** MariaDB compares text without regard to case; names are unique in that sense. */
export const fold = (value: string): string => value.toLowerCase();

export const round = (value: number, digits: number): number => {
  const factor = 10 ** digits;
  return Math.round((value + Number.EPSILON * Math.sign(value)) * factor) / factor;
};

/** The moneys of a document are rounded to two places. */
export const money = (value: number): number => round(value, 2);
