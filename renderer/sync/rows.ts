import { z } from 'zod';
import { AppError } from '@shared/errors';
import { withOwnNumbers } from '@shared/erp/document';
import type { ChildRow, DocumentValues } from '@shared/erp/document';

/** One row of a list answer; every row that is read here has a name. */
export type Row = DocumentValues & { name: string };

const row = z.looseObject({ name: z.string() });
const answer = z.looseObject({ data: z.array(row).optional(), message: z.array(row).optional() });

/** The rows of a list's JSON text. @throws AppError `not-frappe` for anything that is not a list of named rows. */
export function parseRows(text: string): Row[] {
  const parsed = answer.safeParse(json(text));
  const rows = parsed.success ? (parsed.data.data ?? parsed.data.message) : undefined;
  if (rows === undefined)
    throw new AppError('not-frappe', 'The server answered with something that is not a list. Nothing was changed; it will be asked again.');
  // The names were checked; the other values are the site's own fields, as JSON has them.
  return (rows as Row[]).map(withOwnNumbers);
}

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
