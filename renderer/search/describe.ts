import type { DocField } from '@shared/erp/docfield';
import type { DocType } from '@shared/erp/doctype';
import type { DocumentValues } from '@shared/erp/document';
import { decodeFields } from '../cache/body';
import { asFarAsReadable } from '../cache/document-row';
import { readDocTypes } from '../cache/doctypes';
import type { Cache } from '../cache/open-cache';
import type { DocumentRow } from '../cache/rows';
import { searchFields } from '../cache/search-text';

/** What is told of a document besides its title, as it is stored; `field` says how a person reads it. */
export type Detail = { value: string; field: DocField | null };

/** A document as a search shows it. */
export type Found = { doctype: string; name: string; title: string; details: Detail[] };

/** Stored documents as a search shows them, in their order: by title, with name and search fields beside it. */
export async function describe(cache: Cache, rows: readonly DocumentRow[]): Promise<Found[]> {
  const doctypes = [...new Set(rows.map((row) => row.doctype))];
  const bundles = await readDocTypes(cache, doctypes);
  const known = new Map(doctypes.map((doctype, position) => [doctype, bundles[position]?.doctype]));
  return rows.map((row) => describeRow(row, known.get(row.doctype)));
}

/** What stands beside a title: the first few of these that say something else. */
export const besides = (title: string, details: readonly Detail[]): Detail[] =>
  details
    .filter(({ value }, at) => value !== '' && value !== title && details.findIndex((other) => other.value === value) === at)
    .slice(0, 4);

/** The values of the fields that a DocType says are searched. */
export function searchedDetails(doctype: DocType | undefined, values: DocumentValues): Detail[] {
  return searchFields(doctype).map((fieldname) => ({
    value: String(values[fieldname] ?? ''),
    field: doctype?.fields.find((field) => field.fieldname === fieldname) ?? null,
  }));
}

function describeRow(row: DocumentRow, doctype: DocType | undefined): Found {
  const doc = asFarAsReadable(row, decodeFields);
  const name = row.alias !== undefined && row.origin === 'local' ? row.alias : row.name;
  return {
    doctype: row.doctype,
    name: row.name,
    title: row.origin === 'local' && row.title === row.name ? name : row.title,
    details: besides(row.title, [{ value: name, field: null }, ...searchedDetails(doctype, doc)]),
  };
}
