import type { Filter } from '@shared/erp/filters';
import { decodeFields } from './body';
import { rangeOf } from './documents';
import { matchesAll } from './match-filter';
import type { Cache } from './open-cache';
import type { DocumentRow } from './rows';
import { fold, searchFields, wordsOf } from './search-text';

export type Found = { doctype: string; name: string; title: string; description: string };

/**
 * Documents of one DocType for a Link field, by name, title, alias and search fields; the best match first: an equal
 * name or title, then one that begins so, then the others by title.
 */
export async function searchLinks(
  cache: Cache,
  doctype: string,
  text: string,
  options: { filters?: Filter[]; limit: number },
): Promise<Found[]> {
  const fields = searchFields((await cache.doctypes.get(doctype))?.bundle.doctype);
  const words = wordsOf(text);
  const filters = options.filters ?? [];
  const rows = await cache.documents
    .where('[doctype+name]')
    .between(...rangeOf(doctype))
    .filter(
      (row) =>
        row.deleting !== 1 &&
        words.every((word) => row.search.includes(word)) &&
        (filters.length === 0 || matchesAll(decodeFields(row, row.body), filters)),
    )
    .toArray();
  return best(rows, text, options.limit).map((row) => describe(row, fields));
}

/** Documents of all DocTypes. */
export async function searchAll(cache: Cache, text: string, limit: number): Promise<Found[]> {
  const words = wordsOf(text);
  if (words.length === 0) return [];
  const rows = await cache.documents.filter((row) => row.deleting !== 1 && words.every((word) => row.search.includes(word))).toArray();
  const chosen = best(rows, text, limit);
  const doctypes = [...new Set(chosen.map((row) => row.doctype))];
  const known = await cache.doctypes.bulkGet(doctypes);
  const fields = new Map(doctypes.map((doctype, position) => [doctype, searchFields(known[position]?.bundle.doctype)]));
  return chosen.map((row) => describe(row, fields.get(row.doctype) ?? []));
}

function best(rows: DocumentRow[], text: string, limit: number): DocumentRow[] {
  const wanted = fold(text.trim());
  const scored = rows.map((row) => ({ row, rank: rankOf(row, wanted) }));
  scored.sort((a, b) => a.rank - b.rank || (a.row.title < b.row.title ? -1 : 1));
  return scored.slice(0, limit).map(({ row }) => row);
}

function rankOf(row: DocumentRow, wanted: string): number {
  const names = [fold(row.title), fold(row.name)];
  if (names.includes(wanted)) return 0;
  return names.some((name) => name.startsWith(wanted)) ? 1 : 2;
}

function describe(row: DocumentRow, fields: string[]): Found {
  const doc = decodeFields(row, row.body);
  const name = row.alias !== undefined && row.origin === 'local' ? row.alias : row.name;
  const parts = [name === row.title ? '' : name, ...fields.map((field) => String(doc[field] ?? ''))];
  const told = [...new Set(parts.filter((part) => part !== '' && part !== row.title))];
  return {
    doctype: row.doctype,
    name: row.name,
    title: row.origin === 'local' && row.title === row.name ? name : row.title,
    description: told.slice(0, 4).join(' · '),
  };
}
