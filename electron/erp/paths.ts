import { AppError } from '@shared/errors';

/** The longest path and query sent as a GET: real servers refuse request lines over 4,094 bytes (recording list-by-post). */
export const longestPath = 3500;

export type QueryValue = string | number | boolean | null | undefined | object;

/** Arguments as Frappe reads them from a query: JSON for lists and objects, the rest as text; undefined and null left out. */
export function query(values: Record<string, QueryValue>): string {
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(values)) {
    if (value === undefined || value === null) continue;
    parameters.set(key, typeof value === 'object' ? JSON.stringify(value) : String(value));
  }
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}

/** A name as one segment: it can hold `/ # ? % &` (recording names-in-urls). */
function segment(name: string): string {
  // A URL resolves these away, percent-encoded or not: the request would reach something else.
  if (name === '.' || name === '..') throw new AppError('unsupported', `A document named “${name}” cannot be reached over the network.`);
  return encodeURIComponent(name);
}

export const resourcePath = (doctype: string, name?: string): string =>
  name === undefined ? `/api/resource/${segment(doctype)}` : `/api/resource/${segment(doctype)}/${segment(name)}`;

export const methodPath = (method: string): string => `/api/method/${method}`;

/** A request as errors tell it, without the document's name. */
export const resourceLabel = (http: string, doctype: string, name?: string): string =>
  `${http} /api/resource/${doctype}${name === undefined ? '' : '/…'}`;
