import { isEmpty } from '@shared/sync/frappe-equal';
import { setValue } from '@shared/erp/document';
import type { ChildRow, Doc, DocumentValues, FieldValue } from '@shared/erp/document';

/**
 * The opaque part of a stored document. Everything that reads or writes it goes through this file, so that an
 * encrypted body needs no other schema. Written as two lines of JSON, the fields and the tables, so that a list
 * need not parse the rows of every document. Null, "" and 0 are left out: Frappe does not tell them from absent.
 */
export type Body = string;

/** Other text that tells what documents hold, kept the way a body is. */
export const encodeText = (text: string): Body => text;
export const decodeText = (body: Body): string => body;

type Identity = { doctype: string; name: string };

export function encodeBody(doc: DocumentValues): Body {
  const fields: Sparse = { ...doc, doctype: undefined, name: undefined };
  const tables: Record<string, Sparse[]> = {};
  for (const fieldname in fields) {
    const value = fields[fieldname];
    if (Array.isArray(value)) {
      if (value.length > 0) setValue(tables, fieldname, value.map(compact));
      unset(fields, fieldname);
    } else if (isEmpty(value)) unset(fields, fieldname);
  }
  return `${JSON.stringify(fields)}\n${JSON.stringify(tables)}`;
}

/** JSON leaves undefined out. A copy whose values are unset is written in half the time of one that is built key by key. */
type Sparse = Record<string, FieldValue | ChildRow[] | undefined>;

function unset(fields: Sparse, fieldname: string): void {
  // To set it would be to ask for another prototype.
  if (fieldname === '__proto__') delete fields['__proto__'];
  else fields[fieldname] = undefined;
}

function compact(row: ChildRow): Sparse {
  const fields: Sparse = { ...row };
  for (const fieldname in fields) if (fieldname !== 'name' && isEmpty(row[fieldname])) unset(fields, fieldname);
  return fields;
}

/** The whole document. */
export function decodeBody(row: Identity, body: Body): Doc {
  const [fields, tables] = body.split('\n');
  return { docstatus: 0, ...parse(fields), ...parse(tables), doctype: row.doctype, name: row.name };
}

/** The document without its child tables. */
export function decodeFields(row: Identity, body: Body): Doc {
  return { docstatus: 0, ...parse(body.slice(0, body.indexOf('\n'))), doctype: row.doctype, name: row.name };
}

/** Written by `encodeBody` alone, hence of its shape; anything else fails here and not later. */
function parse(text: string | undefined): Record<string, FieldValue | ChildRow[]> {
  const value: unknown = JSON.parse(text ?? '');
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new TypeError('A stored document is damaged.');
  // Its values were a document's own when they were written.
  return value as Record<string, FieldValue | ChildRow[]>;
}
