import type { DocField } from '../erp/docfield';
import { holdsValue, isTableField } from '../erp/docfield';
import type { DocType } from '../erp/doctype';
import { namedAfter } from '../erp/name-that-follows';

/** The fields of a short form: what is required, bold or marked for it, as Frappe's quick entry has them; tables where one is required. */
export function quickEntryFields(doctype: DocType): DocField[] {
  const usable = doctype.fields.filter((field) => holdsValue(field) && field.hidden !== 1 && field.read_only !== 1);
  return usable.filter(
    (field) =>
      field.reqd === 1 ||
      field.mandatory_depends_on !== undefined ||
      (!isTableField(field) && (field.bold === 1 || field.allow_in_quick_entry === 1)),
  );
}

/** Where the text that was typed in a Link field belongs on the document that is made for it; null where nothing fits. */
export function fieldForTyped(doctype: DocType): string | null {
  const takes = (field: DocField): boolean => field.fieldtype === 'Data' && field.hidden !== 1 && field.read_only !== 1;
  const named = namedAfter(doctype);
  const fieldname = named === null || named === 'prompt' ? doctype.title_field : named.field;
  const own = doctype.fields.find((field) => field.fieldname === fieldname && takes(field));
  return (own ?? doctype.fields.find((field) => field.reqd === 1 && takes(field)))?.fieldname ?? null;
}
