import type { DocumentValues } from '@shared/erp/document';
import type { DocType } from '@shared/erp/doctype';
import { uniqueValues } from '@shared/form/unique';
import { listDocuments, readDocument } from './documents';
import type { LocalDocument } from './documents';
import type { Cache } from './open-cache';

/** A value of a document that another one on this device has already; `by` is what that one is called. */
export type Taken = { fieldname: string; label: string; value: unknown; by: string };

const calledBy = ({ alias, doc }: LocalDocument): string => alias ?? doc.name;

/**
 * What another document of this device has that only one may have, whatever its case, as MariaDB's indexes judge. What other devices know is the server's to tell.
 * `own`: the document as it was saved, null for a new one.
 */
export async function takenValues(cache: Cache, doctype: DocType, values: DocumentValues, own: DocumentValues | null): Promise<Taken[]> {
  const taken: Taken[] = [];
  for (const { field, value } of uniqueValues(doctype, values, own)) {
    const { rows } = await listDocuments(cache, {
      doctype: doctype.name,
      filters: [[field.fieldname, '=', value]],
      sort: { fieldname: 'name', order: 'asc' },
      limit: 2,
    });
    const other = rows.find(({ doc }) => own === null || doc.name !== own['name']);
    if (other !== undefined) taken.push({ fieldname: field.fieldname, label: field.label ?? field.fieldname, value, by: calledBy(other) });
  }
  return taken;
}

/** The document of this device that has the name already, as a person knows it; null where it is free. */
export async function takenName(cache: Cache, doctype: string, name: string): Promise<string | null> {
  const there = await readDocument(cache, doctype, name);
  return there === undefined ? null : calledBy(there);
}
