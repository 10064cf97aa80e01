import { FrappeError } from './errors';
import { toNumber } from './values';

/** An uploaded part of a form. */
export type UploadedFile = { filename: string; bytes: Uint8Array };

/** What a call was given: a JSON body, or else the query and the form, in which lists and objects are JSON text. */
export type Arguments = { [name: string]: unknown };

/** Parses what should be JSON text; anything else is refused as Python refuses it. */
export function parseJson(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    const expecting = /^\s*\{[^"\s}]/.test(source)
      ? 'property name enclosed in double quotes: line 1 column 2 (char 1)'
      : 'value: line 1 column 1 (char 0)';
    throw new FrappeError('json.decoder.JSONDecodeError', `Expecting ${expecting}`);
  }
}

/** An argument that is a list or an object, or the JSON text of one. */
export const structured = (value: unknown): unknown => (typeof value === 'string' && value !== '' ? parseJson(value) : value);

export const string = (value: unknown): string => (value === undefined || value === null ? '' : String(value));

export function record(value: unknown): Arguments {
  const parsed = structured(value);
  // Narrowed by the check: an object that is no list is a record of unknown values.
  return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? (parsed as Arguments) : {};
}

/** The members of a list, or of the JSON text of one; anything else has none. */
export function members(value: unknown): unknown[] {
  const parsed = structured(value);
  return Array.isArray(parsed) ? parsed : [];
}

/** `fields` of a list: JSON text of a list, a list, or names between commas. */
export function fieldList(value: unknown): string[] {
  const plain = typeof value === 'string' && !/^\s*[["]/.test(value);
  const given = plain ? value.split(',').map((field) => field.trim()) : structured(value);
  return (Array.isArray(given) ? given : [given]).map(string).filter((field) => field !== '');
}

/** Python's `cint`: what is no number is 0, and 0 as a page length means all. */
export const integer = (value: unknown, otherwise: number): number =>
  value === undefined || value === null || value === '' ? otherwise : Math.trunc(toNumber(value));
