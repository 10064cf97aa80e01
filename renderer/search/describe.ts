import type { DocumentValues } from '@shared/erp/document';
import { decodeFields } from '../cache/body';
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

/** A damaged document is told by its name and title. */
function readableFields(row: DocumentRow): DocumentValues {
  try {
    return decodeFields(row, row.body);
  } catch {
    return {};
  }
}

function describeRow(row: DocumentRow, fields: string[]): Found {
  const doc = readableFields(row);
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
