import { decodeFields } from '../cache/body';
import { asFarAsReadable } from '../cache/document-row';
import { readDocTypes } from '../cache/doctypes';
import type { Cache } from '../cache/open-cache';
import type { DocumentRow } from '../cache/rows';
import { searchFields } from '../cache/search-text';

/** A document as a search shows it. */
export type Found = { doctype: string; name: string; title: string; description: string };

/** Stored documents as a search shows them, in their order: by title, with name and search fields beside it. */
export async function describe(cache: Cache, rows: readonly DocumentRow[]): Promise<Found[]> {
  const doctypes = [...new Set(rows.map((row) => row.doctype))];
  const bundles = await readDocTypes(cache, doctypes);
  const fields = new Map(doctypes.map((doctype, position) => [doctype, searchFields(bundles[position]?.doctype)]));
  return rows.map((row) => describeRow(row, fields.get(row.doctype) ?? []));
}

/** What stands beside a title: the first few of these that say something else. */
export const besides = (title: string, parts: readonly string[]): string =>
  [...new Set(parts.filter((part) => part !== '' && part !== title))].slice(0, 4).join(' · ');

function describeRow(row: DocumentRow, fields: string[]): Found {
  const doc = asFarAsReadable(row, decodeFields);
  const name = row.alias !== undefined && row.origin === 'local' ? row.alias : row.name;
  return {
    doctype: row.doctype,
    name: row.name,
    title: row.origin === 'local' && row.title === row.name ? name : row.title,
    description: besides(row.title, [name, ...fields.map((field) => String(doc[field] ?? ''))]),
  };
}
