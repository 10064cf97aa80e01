import type { DocType } from '@shared/erp/doctype';
import type { Doc } from '@shared/erp/document';
import type { Filter } from '@shared/erp/filters';
import { scalar } from '@shared/sync/changes';
import { decodeFields } from './body';
import { toListed } from './document-row';
import type { LocalDocument } from './document-row';
import { rangeOf } from './documents';
import { compareValues, matchesAll } from './match-filter';
import type { Cache } from './open-cache';
import type { DocumentRow } from './rows';
import { wordsOf } from './search-text';

export type ListQuery = {
  doctype: string;
  filters: Filter[];
  search?: string;
  sort: { fieldname: string; order: 'asc' | 'desc' };
  limit: number;
  offset?: number;
};

export type ListResult = {
  /** Without child tables. */
  rows: LocalDocument[];
  /** How many match, on this page or not. */
  total: number;
};

/**
 * A page of a list, from this device alone. By name or `modified` without a condition it reads only the page; any
 * other question reads the DocType's documents once.
 */
export async function listDocuments(cache: Cache, query: ListQuery, _doctype?: DocType): Promise<ListResult> {
  const words = wordsOf(query.search ?? '');
  const { fieldname, order } = query.sort;
  const indexed = fieldname === 'name' || fieldname === 'modified';
  if (indexed && words.length === 0 && query.filters.length === 0) return readPage(cache, query, fieldname);

  const rows = await readRange(cache, query.doctype, indexed ? fieldname : 'modified', 'desc');
  const found: { row: DocumentRow; doc: Doc }[] = [];
  for (const row of rows) {
    if (row.deleting === 1 || !words.every((word) => row.search.includes(word))) continue;
    const doc = decodeFields(row, row.body);
    if (matchesAll(doc, query.filters)) found.push({ row, doc });
  }
  if (indexed) {
    if (order === 'asc') found.reverse();
  } else {
    const direction = order === 'asc' ? 1 : -1;
    found.sort((a, b) => direction * compareValues(scalar(a.doc, fieldname), scalar(b.doc, fieldname)));
  }
  const start = query.offset ?? 0;
  return { rows: found.slice(start, start + query.limit).map(({ row }) => toListed(row)), total: found.length };
}

async function readPage(cache: Cache, query: ListQuery, fieldname: 'name' | 'modified'): Promise<ListResult> {
  const { doctype, sort, limit, offset = 0 } = query;
  // The few documents on their way to be deleted are left out before the page is cut.
  const deleting = await cache.documents
    .where('mark')
    .anyOf('waiting', 'sending', 'needs-you')
    .filter((row) => row.doctype === doctype && row.deleting === 1)
    .primaryKeys();
  const gone = new Set(deleting.map(([, name]) => name));
  const range = (): ReturnType<typeof inRange> =>
    sort.order === 'desc' ? inRange(cache, doctype, fieldname).reverse() : inRange(cache, doctype, fieldname);
  const shown = gone.size === 0 ? range() : range().filter((row) => !gone.has(row.name));
  const [total, rows] = await Promise.all([inRange(cache, doctype, fieldname).count(), shown.offset(offset).limit(limit).toArray()]);
  return { rows: rows.map(toListed), total: total - gone.size };
}

const inRange = (cache: Cache, doctype: string, fieldname: 'name' | 'modified') =>
  cache.documents.where(`[doctype+${fieldname}]`).between(...rangeOf(doctype));

const readRange = (cache: Cache, doctype: string, fieldname: 'name' | 'modified', order: 'asc' | 'desc'): Promise<DocumentRow[]> =>
  (order === 'desc' ? inRange(cache, doctype, fieldname).reverse() : inRange(cache, doctype, fieldname)).toArray();
