import { isLinkField } from '../erp/docfield';
import type { DocField } from '../erp/docfield';
import type { DocTypeBundle } from '../erp/doctype';
import { fieldsWhere } from '../erp/fields-where';
import { rowsOf } from '../erp/document';
import type { Doc, DocumentValues } from '../erp/document';
import { isTemporaryName } from '../erp/temporary-name';

/** Names of the documents that these documents of one DocType link to, by DocType, from Links, Dynamic Links and rows. */
export function linkedDocuments(docs: readonly Doc[], bundle: DocTypeBundle): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const links = fieldsWhere(bundle, isLinkField);
  for (const doc of docs) {
    collect(doc, links.fields, found);
    for (const { fieldname, fields } of links.tables) for (const row of rowsOf(doc, fieldname)) collect(row, fields, found);
  }
  return found;
}

function collect(values: DocumentValues, links: DocField[], found: Map<string, Set<string>>): void {
  for (const field of links) {
    const name = values[field.fieldname];
    if (typeof name !== 'string' || name === '' || isTemporaryName(name)) continue;
    const doctype = linkedDocType(field, values);
    if (typeof doctype !== 'string' || doctype === '') continue;
    const names = found.get(doctype);
    if (names === undefined) found.set(doctype, new Set([name]));
    else names.add(name);
  }
}

/** The DocType that a Link or Dynamic Link field of a document or row leads to. */
export const linkedDocType = ({ fieldtype, options }: DocField, values: DocumentValues): DocumentValues[string] =>
  fieldtype === 'Link' ? options : values[options ?? ''];

/** May the field lead to a document of the given DocType? */
export const mayLeadTo = ({ fieldtype, options }: DocField, doctype: string): boolean =>
  fieldtype === 'Dynamic Link' || (fieldtype === 'Link' && options === doctype);

/** May documents of this kind link to one of the given DocType, themselves or in a row? */
export const linksTo = (bundle: DocTypeBundle, doctype: string): boolean =>
  [bundle.doctype, ...bundle.children].some(({ fields }) => fields.some((field) => mayLeadTo(field, doctype)));
