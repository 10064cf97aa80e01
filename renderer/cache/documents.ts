import type { Collection } from 'dexie';
import type { Cache } from './open-cache';
import { toLocal } from './document-row';
import type { LocalDocument } from './document-row';
import type { DocumentRow } from './rows';

export type { LocalDocument };
export type { Mark } from './rows';

/**
 * A document of this device. A former temporary name leads to the document under its name now (`doc.name` tells).
 * Undefined where the device does not have it.
 */
export async function readDocument(cache: Cache, doctype: string, name: string): Promise<LocalDocument | undefined> {
  const row = await findRow(cache, doctype, name);
  return row === undefined ? undefined : toLocal(row);
}

export async function findRow(cache: Cache, doctype: string, name: string): Promise<DocumentRow | undefined> {
  const row = await cache.documents.get([doctype, name]);
  if (row !== undefined) return row;
  const alias = await cache.aliases.get(name);
  return alias === undefined || alias.name === null || alias.name === name ? undefined : cache.documents.get([doctype, alias.name]);
}

type Counts = { total: number; unsent: number; needsYou: number };

/** How many documents of each DocType are here, how many have unsent work, and how many of these need a person. */
export function countDocuments(cache: Cache): Promise<Record<string, Counts>> {
  // In one transaction: one a DocType would cost more than all there is to read.
  return cache.transaction('r', cache.documents, async () => {
    const counts: Record<string, Counts> = {};
    for (const doctype of await doctypesHere(cache)) {
      const here = cache.documents.where('[doctype+name]').between(...rangeOf(doctype));
      counts[doctype] = { total: await here.count(), unsent: 0, needsYou: 0 };
    }
    await cache.documents.orderBy('mark').each((row) => {
      const count = counts[row.doctype];
      if (count === undefined) return;
      count.unsent += 1;
      if (row.mark === 'needs-you') count.needsYou += 1;
      if (row.deleting === 1) count.total -= 1;
    });
    return counts;
  });
}

/** The names of all documents here, read from the keys alone. */
export const documentNames = (cache: Cache): Promise<string[]> => namesOf(cache.documents.toCollection());

/** The names of documents that a query finds, read from the keys alone. */
export const namesOf = async (documents: Collection<DocumentRow, [doctype: string, name: string]>): Promise<string[]> =>
  (await documents.primaryKeys()).map(([, name]) => name);

/** These documents in their order, as far as they are here and not on their way to be deleted. */
export async function rowsHere(cache: Cache, wanted: readonly { doctype: string; name: string }[]): Promise<DocumentRow[]> {
  const rows = await cache.documents.bulkGet(wanted.map(({ doctype, name }): [string, string] => [doctype, name]));
  return rows.filter((row) => row !== undefined).filter((row) => row.deleting !== 1);
}

/** All keys `[doctype, …]` of a compound index: an array is greater than any string. */
export const rangeOf = (doctype: string): [lower: unknown[], upper: unknown[], includeLower: boolean, includeUpper: boolean] => [
  [doctype, ''],
  [doctype, []],
  true,
  true,
];

/** The DocTypes with documents here, found by jumping from one to the next over the keys. */
export async function doctypesHere(cache: Cache): Promise<string[]> {
  const found: string[] = [];
  for (;;) {
    const last = found.at(-1);
    const rest = last === undefined ? cache.documents.orderBy('[doctype+name]') : cache.documents.where('[doctype+name]').above([last, []]);
    const [key] = await rest.limit(1).primaryKeys();
    if (key === undefined) return found;
    found.push(key[0]);
  }
}

export { listDocuments } from './list';
export type { ListQuery, ListQuestion } from './list';
