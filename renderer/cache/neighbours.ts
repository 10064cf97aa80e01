import type { Collection } from 'dexie';
import { goingFrom } from './list';
import type { ListQuestion } from './list';
import { namesOf, rangeOf } from './documents';
import type { Cache } from './open-cache';
import type { DocumentRow } from './rows';

/** What stands before and after a document in a list; null at its ends, and where the document is not in it. */
export type Neighbours = { before: string | null; after: string | null };

export const noNeighbours: Neighbours = { before: null, after: null };

/** In a list that an index answers. Reads a few keys. */
export async function indexedNeighbours(cache: Cache, { doctype, sort }: ListQuestion, name: string): Promise<Neighbours> {
  const row = await cache.documents.get([doctype, name]);
  if (row === undefined) return noNeighbours;
  const gone = await goingFrom(cache, doctype);
  const fieldname = sort.fieldname === 'name' ? 'name' : 'modified';
  const at = [doctype, row[fieldname]];
  const [first, last] = rangeOf(doctype);
  const where = () => cache.documents.where(`[doctype+${fieldname}]`);
  const nearest = async (range: Collection<DocumentRow, [string, string]>): Promise<string | null> =>
    (await namesOf(range.limit(gone.size + 1))).find((each) => !gone.has(each)) ?? null;
  // Of the same version those in between come by name.
  const alike = (await namesOf(where().equals(at))).filter((each) => !gone.has(each) || each === name);
  const place = alike.indexOf(name);
  const lower = alike[place - 1] ?? (await nearest(where().between(first, at, true, false).reverse()));
  const higher = alike[place + 1] ?? (await nearest(where().between(at, last, false, true)));
  return sort.order === 'asc' ? { before: lower, after: higher } : { before: higher, after: lower };
}

/** In a list whose names are known. */
export function neighboursAmong(names: readonly string[], name: string): Neighbours {
  const place = names.indexOf(name);
  return place < 0 ? noNeighbours : { before: names[place - 1] ?? null, after: names[place + 1] ?? null };
}
