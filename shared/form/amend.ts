import type { DocTypeBundle } from '../erp/doctype';
import type { Doc, DocumentValues } from '../erp/document';
import { copyValues } from './copy-document';
import type { NameRow } from './copy-document';

/**
 * A new draft of a cancelled document, as Frappe's desk makes it: `no_copy` fields come along, `amended_from` names the old
 * one, from which the server makes the new name (`<old>-1`) [submit-cancel-amend].
 */
export function amend(bundle: DocTypeBundle, from: Doc, nameRow: NameRow): DocumentValues {
  const values = { ...copyValues(bundle, from, nameRow, true), amended_from: from.name };
  const status = bundle.doctype.fields.find((field) => field.fieldname === 'status');
  return status === undefined ? values : { ...values, status: status.default ?? 'Draft' };
}
