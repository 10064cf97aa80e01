import { isTableField } from '../erp/docfield';
import type { DocField } from '../erp/docfield';
import type { DocTypeBundle } from '../erp/doctype';
import { rowsOf } from '../erp/document';
import type { Doc, DocumentValues } from '../erp/document';
import { isTemporaryName } from '../erp/temporary-name';

/** Names of the documents that a document links to, by DocType, from its Links, Dynamic Links and rows. */
export function linkedDocuments(doc: Doc, bundle: DocTypeBundle): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  collect(doc, bundle.doctype.fields, found);
  for (const table of bundle.doctype.fields.filter(isTableField)) {
    const child = bundle.children.find((candidate) => candidate.name === table.options);
    if (child !== undefined) rowsOf(doc, table.fieldname).forEach((row) => collect(row, child.fields, found));
  }
  return found;
}

function collect(values: DocumentValues, fields: DocField[], found: Map<string, Set<string>>): void {
  for (const field of fields) {
    const name = values[field.fieldname];
    if (typeof name !== 'string' || name === '' || isTemporaryName(name)) continue;
    const doctype =
      field.fieldtype === 'Link' ? field.options : field.fieldtype === 'Dynamic Link' ? values[field.options ?? ''] : undefined;
    if (typeof doctype !== 'string' || doctype === '') continue;
    const names = found.get(doctype) ?? new Set();
    names.add(name);
    found.set(doctype, names);
  }
}

/** May documents of this kind link to one of the given DocType, themselves or in a row? */
export const linksTo = (bundle: DocTypeBundle, doctype: string): boolean =>
  [bundle.doctype, ...bundle.children].some(({ fields }) =>
    fields.some((field) => field.fieldtype === 'Dynamic Link' || (field.fieldtype === 'Link' && field.options === doctype)),
  );
