import type { Doc } from '@shared/erp/document';
import { isOwnFilter, isRowFilter } from '@shared/erp/filters';
import type { AnyFilter } from '@shared/erp/filters';
import { scalar } from '@shared/sync/changes';
import { decodeFields } from './body';
import { readDocType } from './doctypes';
import { docOf, toListed } from './document-row';
import type { LocalDocument } from './document-row';
import { namesOf, rangeOf } from './documents';
import { eachDocument } from './each-document';
import { compareKeys, matchesAll, sortKey } from './match-filter';
import type { SortKey } from './match-filter';
import { rowsMatch } from './match-rows';
import type { Cache } from './open-cache';
import type { DocumentRow } from './rows';
import { wordsOf } from './search-text';

/** Which documents of a DocType, and in which order. */
export type ListQuestion = {
  doctype: string;
  filters: AnyFilter[];
  search?: string;
  sort: { fieldname: string; order: 'asc' | 'desc' };
};

export type ListQuery = ListQuestion & { limit: number; offset?: number };

export type ListResult = {
  /** Without child tables. */
  rows: LocalDocument[];
  /** How many match, on this page or not. */
  total: number;
};

/** By name or `modified` without a condition: an index answers it, whatever there is. */
export const isIndexed = ({ filters, search, sort }: ListQuestion): boolean =>
  (sort.fieldname === 'name' || sort.fieldname === 'modified') && filters.length === 0 && wordsOf(search ?? '').length === 0;

/** A page of a list, from this device alone. Reads only the page where an index answers, otherwise all of the DocType. */
export async function listDocuments(cache: Cache, query: ListQuery): Promise<ListResult> {
  if (!isIndexed(query)) return pageOf(cache, query, await matchingNames(cache, query));
  const [rows, total] = await Promise.all([indexedRows(cache, query), countListed(cache, query.doctype)]);
  return { rows, total };
}

/** The page of a list whose names are known. A document that went meanwhile is left out. */
export async function pageOf(cache: Cache, { doctype, limit, offset = 0 }: ListQuery, names: readonly string[]): Promise<ListResult> {
  const keys = names.slice(offset, offset + limit).map((name): [string, string] => [doctype, name]);
  const rows = await cache.documents.bulkGet(keys);
  return { rows: rows.filter((row) => row !== undefined).map(toListed), total: names.length };
}

/** The names of all documents that match, in order. Reads every document of the DocType. */
export async function matchingNames(cache: Cache, question: ListQuestion): Promise<string[]> {
  const { sort } = question;
  const ofRow = sort.fieldname === 'name' || sort.fieldname === 'modified';
  const found: Match[] = [];
  await eachMatch(cache, question, ({ name, modified }, fields) => {
    found.push({ name, modified, key: ofRow ? null : sortKey(scalar(fields(), sort.fieldname)) });
  });
  const direction = sort.order === 'asc' ? 1 : -1;
  const order = sort.fieldname === 'name' ? byName : sort.fieldname === 'modified' ? byVersion : null;
  found.sort((a, b) => (order === null ? direction * byKey(a, b) || -byVersion(a, b) : direction * order(a, b)));
  return found.map(({ name }) => name);
}

/** How many of the documents that match hold each value of a field; the greatest group first. Reads every document. */
export async function countGroups(cache: Cache, question: ListQuestion, fieldname: string): Promise<Group[]> {
  const counts = new Map<string, number>();
  await eachMatch(cache, question, (_, fields) => {
    const value = String(scalar(fields(), fieldname) ?? '');
    counts.set(value, (counts.get(value) ?? 0) + 1);
  });
  const groups = [...counts].map(([value, count]) => ({ value, count }));
  return groups.sort((a, b) => b.count - a.count || byText(a.value, b.value));
}

/** `value`: '' for documents where the field is empty. */
export type Group = { value: string; count: number };

/** Calls `take` for every document that matches, with a way to its fields: they are read from the body once, if at all. */
async function eachMatch(
  cache: Cache,
  { doctype, filters, search }: ListQuestion,
  take: (row: DocumentRow, fields: () => Doc) => void,
): Promise<void> {
  const words = wordsOf(search ?? '');
  const own = filters.filter(isOwnFilter);
  const ofRows = filters.filter(isRowFilter);
  const meta = ofRows.length === 0 ? undefined : (await readDocType(cache, doctype))?.doctype;
  await eachDocument(cache, doctype, (row) => {
    if (row.deleting === 1 || !words.every((word) => row.search.includes(word))) return;
    let decoded: Doc | null = null;
    const fields = (): Doc => (decoded ??= decodeFields(row, row.body));
    if (own.length > 0 && !matchesAll(fields(), own)) return;
    if (ofRows.length === 0 || rowsMatch(meta, docOf(row), ofRows)) take(row, fields);
  });
}

type Match = { name: string; modified: string; key: SortKey | null };

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byName = (a: Match, b: Match): number => byText(a.name, b.name);
const byVersion = (a: Match, b: Match): number => byText(a.modified, b.modified) || byName(a, b);
const byKey = (a: Match, b: Match): number => (a.key === null || b.key === null ? 0 : compareKeys(a.key, b.key));

/** The rows of a page that an index answers. */
export async function indexedRows(cache: Cache, { doctype, sort, limit, offset = 0 }: ListQuery): Promise<LocalDocument[]> {
  const inRange = cache.documents.where(`[doctype+${sort.fieldname}]`).between(...rangeOf(doctype));
  // The few documents on their way to be deleted are left out before the page is cut.
  const gone = await goingFrom(cache, doctype);
  const range = sort.order === 'desc' ? inRange.reverse() : inRange;
  const shown = gone.size === 0 ? range : range.filter((row) => !gone.has(row.name));
  return (await shown.offset(offset).limit(limit).toArray()).map(toListed);
}

/** How many documents of a DocType a list without conditions has. Counting takes longer than reading a page of it. */
export async function countListed(cache: Cache, doctype: string): Promise<number> {
  const here = cache.documents.where('[doctype+name]').between(...rangeOf(doctype));
  return (await here.count()) - (await goingFrom(cache, doctype)).size;
}

/** Names of documents on their way to be deleted. */
export async function goingFrom(cache: Cache, doctype: string): Promise<ReadonlySet<string>> {
  const going = cache.documents
    .where('mark')
    .anyOf('waiting', 'sending', 'needs-you')
    .filter((row) => row.doctype === doctype && row.deleting === 1);
  return new Set(await namesOf(going));
}
