import { rowsHere } from '../cache/documents';
import type { Cache } from '../cache/open-cache';
import { readVisits } from '../cache/visits';
import { describe } from './describe';
import type { Found } from './describe';

/** The documents that the person opened last and that are still here, the last first. */
export async function lastOpened(cache: Cache, limit: number): Promise<Found[]> {
  const visits = (await readVisits(cache)).slice(0, 4 * limit);
  return describe(cache, (await rowsHere(cache, visits)).slice(0, limit));
}
