import { goingFrom } from './list';
import type { ListQuestion } from './list';
import { rangeOf } from './documents';
import type { Cache } from './open-cache';

/** What stands before and after a document in a list; null at its ends, and where the document is not in it. */
export type Neighbours = { before: string | null; after: string | null };

export const noNeighbours: Neighbours = { before: null, after: null };

/** In a list that an index answers. Reads a few keys. */
export async function indexedNeighbours(cache: Cache, { doctype, sort }: ListQuestion, name: string): Promise<Neighbours> {
  const row = await cache.documents.get([doctype, name]);
  if (row === undefined) return noNeighbours;
  const gone = await goingFrom(cache, doctype);
  const index = sort.fieldname === 'name' ? '[doctype+name]' : '[doctype+modified]';
  const at = sort.fieldname === 'name' ? row.name : row.modified;
  const [first, last] = rangeOf(doctype);
  const table = cache.documents.where(index);
  const one = async (keys: PromiseLike<[string, string][]>): Promise<string | null> => {
    const names = (await keys).map(([, each]) => each);
    return names.find((each) => !gone.has(each)) ?? null;
  };
  // Of the same version those in between come by name.
  const alike = (await table.equals([doctype, at]).primaryKeys())
    .map(([, each]) => each)
    .filter((each) => !gone.has(each) || each === name);
  const place = alike.indexOf(name);
  const most = gone.size + 1;
  const lower =
    alike[place - 1] ??
    (await one(cache.documents.where(index).between(first, [doctype, at], true, false).reverse().limit(most).primaryKeys()));
  const higher =
    alike[place + 1] ?? (await one(cache.documents.where(index).between([doctype, at], last, false, true).limit(most).primaryKeys()));
  return sort.order === 'asc' ? { before: lower, after: higher } : { before: higher, after: lower };
}

/** In a list whose names are known. */
export function neighboursAmong(names: readonly string[], name: string): Neighbours {
  const place = names.indexOf(name);
  return place < 0 ? noNeighbours : { before: names[place - 1] ?? null, after: names[place + 1] ?? null };
}
