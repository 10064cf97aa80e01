import { AppError } from '@shared/errors';
import { isRecord, payloadOf } from '@shared/erp/envelope';
import { inOwnTypes, isName } from '@shared/erp/document';
import type { ChildRow, DocumentValues } from '@shared/erp/document';

/** One row of a list answer; every row that is read here has a name. */
export type Row = DocumentValues & { name: string };

/** The rows of a list's JSON text. @throws AppError `not-frappe` for anything that is not a list of named rows. */
export function parseRows(text: string): Row[] {
  const parsed = json(text);
  const rows = isRecord(parsed) ? payloadOf(parsed) : undefined;
  // By hand: a schema would copy every row of a page of thousands.
  // Each has a name, and it is text from here on.
  if (Array.isArray(rows) && rows.every(isNamed)) return rows.map((row) => inOwnTypes(row) as Row);
  throw new AppError('not-frappe', 'The server answered with something that is not a list. Nothing was changed; it will be asked again.');
}

/** The name is checked; the other values are the site's own fields, as JSON has them. */
const isNamed = (row: unknown): row is DocumentValues => isRecord(row) && isName(row['name']);

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The text of a field that a list was asked for; an absent one is empty. */
export function textOf(row: DocumentValues, fieldname: string): string {
  const value = row[fieldname];
  return typeof value === 'string' ? value : '';
}

/** A child row as a document holds it. */
export const childRow = (row: Row): ChildRow => {
  // A list of a child DocType has no tables in it.
  return row as ChildRow;
};
