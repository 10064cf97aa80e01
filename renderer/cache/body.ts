import { isEmpty } from '@shared/sync/frappe-equal';
import { setValue } from '@shared/erp/document';
import type { ChildRow, Doc, DocumentValues, FieldValue } from '@shared/erp/document';
import type { SealedBody } from './sealed/sealed-body';

/**
 * The opaque part of a stored document. Two lines of JSON, the fields and the tables, so that a list need not parse the
 * rows of every document; read from the database it is sealed until it is asked for. Null, "" and 0 are left out: Frappe
 * does not tell them from absent.
 */
export type Body = string | SealedBody;

/** The two lines. @throws AppError `storage` where the body is damaged. */
export const textOf = (body: Body): string => (typeof body === 'string' ? body : `${body.fields}\n${body.tables}`);

/** Whether a text stands anywhere in it. */
export const bodyHolds = (body: Body, text: string): boolean =>
  typeof body === 'string' ? body.includes(text) : body.fields.includes(text) || body.tables.includes(text);

/** A damaged body is the same as no other. */
export function sameBody(one: Body, other: Body): boolean {
  try {
    return textOf(one) === textOf(other);
  } catch {
    return false;
  }
}

/** Characters, about; bytes where it is sealed. */
export const sizeOfBody = (body: Body): number => (typeof body === 'string' ? body : body.sealed).length;

type Identity = { doctype: string; name: string };

export function encodeBody(doc: DocumentValues): string {
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
  const [fields, tables] = typeof body === 'string' ? body.split('\n') : [body.fields, body.tables];
  return { docstatus: 0, ...parse(fields), ...parse(tables), doctype: row.doctype, name: row.name };
}

/** The document without its child tables. */
export function decodeFields(row: Identity, body: Body): Doc {
  const fields = typeof body === 'string' ? body.slice(0, body.indexOf('\n')) : body.fields;
  return { docstatus: 0, ...parse(fields), doctype: row.doctype, name: row.name };
}

/** Written by `encodeBody` alone, hence of its shape; anything else fails here and not later. */
function parse(text: string | undefined): Record<string, FieldValue | ChildRow[]> {
  const value: unknown = JSON.parse(text ?? '');
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new TypeError('A stored document is damaged.');
  // Its values were a document's own when they were written.
  return value as Record<string, FieldValue | ChildRow[]>;
}
