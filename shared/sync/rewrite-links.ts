import type { DocField } from '../erp/docfield';
import { isTableField } from '../erp/docfield';
import type { DocTypeBundle } from '../erp/doctype';
import type { DocumentValues } from '../erp/document';

export type ServerRename = { doctype: string; from: string; to: string };

/**
 * The values with every Link to a document that was renamed on the server following it, as the server does itself
 * without touching `modified` (recording `rename-rewrites-links`). Unlike a temporary name, a real one may be the text
 * of any field, so only Links and Dynamic Links are followed. Null when there was nothing to follow.
 */
export function rewriteLinks<V extends DocumentValues>(values: V, rename: ServerRename, bundle: DocTypeBundle): V | null {
  const result: DocumentValues = { ...values };
  let followed = followIn(result, bundle.doctype.fields, rename);
  for (const table of bundle.doctype.fields.filter(isTableField)) {
    const rows = values[table.fieldname];
    const child = bundle.children.find((candidate) => candidate.name === table.options);
    if (!Array.isArray(rows) || child === undefined) continue;
    result[table.fieldname] = rows.map((row) => {
      const copy = { ...row };
      followed = followIn(copy, child.fields, rename) || followed;
      return copy;
    });
  }
  // The same keys with the same kinds of value: still a V.
  return followed ? (result as V) : null;
}

function followIn(values: DocumentValues, fields: DocField[], { doctype, from, to }: ServerRename): boolean {
  let followed = false;
  for (const field of fields) {
    if (values[field.fieldname] !== from) continue;
    const target =
      field.fieldtype === 'Dynamic Link' ? values[field.options ?? ''] : field.fieldtype === 'Link' ? field.options : undefined;
    if (target !== doctype) continue;
    values[field.fieldname] = to;
    followed = true;
  }
  return followed;
}
