import { sizeOfBody } from './body';
import { rangeOf } from './documents';
import type { Cache } from './open-cache';
import type { DocumentRow } from './rows';

/** Documents that are read for an estimate, however many there are. */
const sampled = 400;

/**
 * How many characters a document of this DocType takes on this device on average, about a byte each; 0 where there is
 * none. Read from at most 400 of them, spread evenly over the names. Files are not in it.
 */
export async function meanSize(cache: Cache, doctype: string): Promise<number> {
  const keys = await cache.documents
    .where('[doctype+name]')
    .between(...rangeOf(doctype))
    .primaryKeys();
  const chosen = placesOf(keys.length).flatMap((place) => keys.slice(place, place + 1));
  const rows = (await cache.documents.bulkGet(chosen)).filter((row) => row !== undefined);
  return rows.length === 0 ? 0 : rows.reduce((sum, row) => sum + sizeOf(row), 0) / rows.length;
}

/**
 * Positions in `count` rows: one in each of as many equal parts as are read, never at the same place in two parts that
 * follow each other, since documents come in rhythms (each tenth an amendment, each second a return).
 */
function placesOf(count: number): number[] {
  const parts = Math.min(sampled, count);
  return Array.from({ length: parts }, (_, part) => Math.floor(((part + ((part * goldenRatio) % 1)) * count) / parts));
}

const goldenRatio = (Math.sqrt(5) - 1) / 2;

const sizeOf = ({ body, base, search }: DocumentRow): number =>
  sizeOfBody(body) + (base === undefined ? 0 : sizeOfBody(base)) + search.length;
