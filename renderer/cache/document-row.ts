import type { DocType } from '@shared/erp/doctype';
import type { Doc } from '@shared/erp/document';
import { decodeBody, decodeFields, encodeBody } from './body';
import { unsentModified } from './rows';
import type { DocumentRow, Mark, Origin } from './rows';
import { searchTextOf, titleOf } from './search-text';

/** A document as the screens read it. */
export type LocalDocument = {
  doc: Doc;
  /** The server's version that the unsent changes came from. */
  base: Doc | null;
  mark: Mark;
  alias: string | null;
  /** When this version was stored on this device (ms). */
  keptAt: number;
};

export type RowOptions = { doctype: DocType | undefined; origin: Origin; keptAt: number; alias?: string | undefined };

/** A clean document of the server, or one made here, as it is stored. */
export function toRow(doc: Doc, options: RowOptions): DocumentRow {
  const { doctype, origin, keptAt, alias } = options;
  return {
    doctype: doc.doctype,
    name: doc.name,
    modified: doc.modified ?? unsentModified,
    creation: doc.creation ?? '',
    title: titleOf(doc.name, doc, doctype),
    search: searchTextOf(doc.name, doc, doctype, alias),
    body: encodeBody(doc),
    ...(alias === undefined ? {} : { alias }),
    origin,
    keptAt,
  };
}

/** The same row, its title and search text as its body has them now. */
export function described(row: DocumentRow, doctype: DocType | undefined): DocumentRow {
  const fields = decodeFields(row, row.body);
  return { ...row, title: titleOf(row.name, fields, doctype), search: searchTextOf(row.name, fields, doctype, row.alias) };
}

export const docOf = (row: DocumentRow): Doc => decodeBody(row, row.body);
export const baseOf = (row: DocumentRow): Doc | null => (row.base === undefined ? null : decodeBody(row, row.base));

/** What a damaged document still tells, its identity: so that it keeps no other from being found. */
export function asFarAsReadable(row: DocumentRow, decode: typeof decodeBody): Doc {
  try {
    return decode(row, row.body);
  } catch {
    return { doctype: row.doctype, name: row.name };
  }
}

export const toLocal = (row: DocumentRow): LocalDocument => local(row, docOf(row));
/** For lists: without child tables. */
export const toListed = (row: DocumentRow): LocalDocument => local(row, decodeFields(row, row.body));

const local = (row: DocumentRow, doc: Doc): LocalDocument => ({
  doc,
  base: baseOf(row),
  mark: row.mark ?? 'none',
  alias: row.alias ?? null,
  keptAt: row.keptAt,
});
