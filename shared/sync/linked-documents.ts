import { isLinkField, isTableField } from '../erp/docfield';
import type { DocField } from '../erp/docfield';
import type { DocTypeBundle } from '../erp/doctype';
import { rowsOf } from '../erp/document';
import type { Doc, DocumentValues } from '../erp/document';
import { isTemporaryName } from '../erp/temporary-name';

/** Names of the documents that these documents of one DocType link to, by DocType, from Links, Dynamic Links and rows. */
export function linkedDocuments(docs: readonly Doc[], bundle: DocTypeBundle): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const links = bundle.doctype.fields.filter(isLinkField);
  const tables = bundle.doctype.fields.filter(isTableField).map(({ fieldname, options }) => ({
    fieldname,
    links: bundle.children.find((candidate) => candidate.name === options)?.fields.filter(isLinkField) ?? [],
  }));
  for (const doc of docs) {
    collect(doc, links, found);
    for (const table of tables) for (const row of rowsOf(doc, table.fieldname)) collect(row, table.links, found);
  }
  return found;
}

function collect(values: DocumentValues, links: DocField[], found: Map<string, Set<string>>): void {
  for (const field of links) {
    const name = values[field.fieldname];
    if (typeof name !== 'string' || name === '' || isTemporaryName(name)) continue;
    const doctype = field.fieldtype === 'Link' ? field.options : values[field.options ?? ''];
    if (typeof doctype !== 'string' || doctype === '') continue;
    const names = found.get(doctype);
    if (names === undefined) found.set(doctype, new Set([name]));
    else names.add(name);
  }
}

/** May documents of this kind link to one of the given DocType, themselves or in a row? */
export const linksTo = (bundle: DocTypeBundle, doctype: string): boolean =>
  [bundle.doctype, ...bundle.children].some(({ fields }) =>
    fields.some((field) => field.fieldtype === 'Dynamic Link' || (field.fieldtype === 'Link' && field.options === doctype)),
  );
