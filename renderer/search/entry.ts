import { rowsOf, valueOf } from '@shared/erp/document';
import type { Doc, DocumentValues } from '@shared/erp/document';
import type { DocField } from '@shared/erp/docfield';
import type { DocTypeBundle } from '@shared/erp/doctype';
import { fieldsWhere } from '@shared/erp/fields-where';
import { plainText } from '@shared/erp/plain-text';
import { isTemporaryName, temporaryPrefix } from '@shared/erp/temporary-name';
import { decodeBody } from '../cache/body';
import { asFarAsReadable } from '../cache/document-row';
import type { DocumentRow } from '../cache/rows';
import { searchFields } from '../cache/search-text';
import { wordsIn } from './words';

/** Where a word stands in a document, by how much it tells of it. */
export const levels = ['name', 'field', 'row'] as const;
export type Level = (typeof levels)[number];

/** What the search knows of a document. */
export type Entry = {
  name: string;
  title: string;
  /** The version that it was read from; empty for one with unsent work, which may change without another version. */
  version: string;
  modified: string;
  /** How many documents name it, as the server counts for its own Link fields. */
  linked: number;
  /** Distinct words by where they stand, each with blanks between; a word of a higher level is in no lower one. */
  words: Record<Level, string>;
};

/** Words of a document beyond these are not looked for: hundreds of rows of prose would outweigh everything else. */
const mostWords = 2_000;
/** Characters of one value that are read. */
const longestValue = 400;

/** Which fields are looked through, of a DocType and of its child tables. */
export type SearchedFields = { fields: string[]; tables: { fieldname: string; fields: string[] }[] };

const prose = new Set(['Small Text', 'Text', 'Long Text', 'Text Editor']);
const texts = new Set(['Data', 'Link', 'Dynamic Link', 'Select', 'Autocomplete', 'Barcode', 'Phone', 'Read Only']);

/** What people know a document by where no DocType says so: whom to call, what to scan. */
const tells = (field: DocField): boolean =>
  field.fieldtype === 'Phone' ||
  field.fieldtype === 'Barcode' ||
  (field.fieldtype === 'Data' && (field.options === 'Phone' || field.options === 'Email'));

export function searchedFields(bundle: DocTypeBundle | undefined): SearchedFields {
  if (bundle === undefined) return { fields: [], tables: [] };
  const named = ({ fieldname }: DocField): string => fieldname;
  // Of a row: its prose, and what a list of rows shows of it.
  const inRows = (field: DocField): boolean => prose.has(field.fieldtype) || (texts.has(field.fieldtype) && isShown(field));
  const { fields, tables } = fieldsWhere(bundle, (field) => field.in_global_search === 1 || tells(field), inRows);
  return {
    fields: [...new Set([...searchFields(bundle.doctype), ...fields.map(named)])],
    tables: tables.map((table) => ({ fieldname: table.fieldname, fields: table.fields.map(named) })),
  };
}

const isShown = (field: DocField): boolean => field.in_list_view === 1 || field.in_global_search === 1 || field.bold === 1 || tells(field);

/** The entry of a stored document; null for one that is on its way to be deleted. */
export function entryOf(row: DocumentRow, searched: SearchedFields): Entry | null {
  if (row.deleting === 1) return null;
  const doc = asFarAsReadable(row, decodeBody);
  const known = new Set<string>();
  const names = take(known, [isTemporaryName(row.name) ? '' : row.name, row.title, row.alias ?? '']);
  const fields = take(known, valuesOf(doc, searched.fields));
  const rows = take(known, rowValues(doc, searched));
  return {
    name: row.name,
    title: row.title,
    version: row.mark === undefined ? row.modified : '',
    modified: row.modified,
    linked: Math.max(0, doc.idx ?? 0),
    words: { name: names, field: fields, row: rows },
  };
}

function take(known: Set<string>, values: readonly string[]): string {
  const own: string[] = [];
  for (const value of values) {
    for (const word of wordsIn(value)) {
      if (known.size >= mostWords) return own.join(' ');
      if (known.has(word)) continue;
      known.add(word);
      own.push(word);
    }
  }
  return own.join(' ');
}

const valuesOf = (values: DocumentValues, fields: readonly string[]): string[] => fields.map((field) => textOf(valueOf(values, field)));

const rowValues = (doc: Doc, { tables }: SearchedFields): string[] =>
  tables.flatMap(({ fieldname, fields }) => rowsOf(doc, fieldname).flatMap((row) => valuesOf(row, fields)));

function textOf(value: DocumentValues[string]): string {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string' || value.startsWith(temporaryPrefix)) return '';
  return (value.includes('<') ? plainText(value) : value).slice(0, longestValue);
}
