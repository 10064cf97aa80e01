import { jsonDecodeError } from './errors';
import { toNumber } from './values';

/** An uploaded part of a form. */
export type UploadedFile = { fieldname: string; filename: string; bytes: Uint8Array };

/** What a call was given: a JSON body, or else the query and the form, in which lists and objects are JSON text. */
export type Arguments = { [name: string]: unknown };

/** Parses what looks like JSON text; anything else is refused as Python refuses it. */
export function parseJson(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    if (/^\s*\{[^"\s}]/.test(source)) throw jsonDecodeError('Expecting property name enclosed in double quotes: line 1 column 2 (char 1)');
    throw jsonDecodeError('Expecting value: line 1 column 1 (char 0)');
  }
}

/** An argument that is a list or an object, or the JSON text of one. */
export const structured = (value: unknown): unknown => (typeof value === 'string' && value !== '' ? parseJson(value) : value);

export const string = (value: unknown): string => (value === undefined || value === null ? '' : String(value));

export function record(value: unknown): { [key: string]: unknown } {
  const parsed = structured(value);
  // Narrowed by the check: an object that is no list is a record of unknown values.
  return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? (parsed as { [key: string]: unknown }) : {};
}

/** `fields` of a list: JSON text of a list, a list, or names between commas. */
export function fieldList(value: unknown): string[] {
  if (Array.isArray(value)) return value.map(string);
  const source = string(value).trim();
  if (source === '') return [];
  if (!source.startsWith('[') && !source.startsWith('"')) return source.split(',').map((field) => field.trim());
  const parsed = parseJson(source);
  return Array.isArray(parsed) ? parsed.map(string) : [string(parsed)];
}

/** Python's `cint`: what is no number is 0, and 0 as a page length means all. */
export const integer = (value: unknown, otherwise: number): number =>
  value === undefined || value === null || value === '' ? otherwise : Math.trunc(toNumber(value));
