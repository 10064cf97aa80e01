import { isTableField } from '../erp/docfield';
import type { DocField } from '../erp/docfield';
import type { DocTypeBundle } from '../erp/doctype';
import { rowsOf } from '../erp/document';
import type { Doc, DocumentValues, FieldValue } from '../erp/document';
import { namedAfter } from '../erp/name-that-follows';
import { isBookkeeping, isServerOwned } from './document-fields';

/**
 * What a document that was deleted is made anew from: what a person may set, without who made it, when, and the state it
 * was in. What is empty in it is said to be, since the server gives a default to what a new document lacks.
 */
export function valuesAnew(doc: Doc, bundle: DocTypeBundle | undefined): DocumentValues {
  const kept = Object.entries(doc).filter(([fieldname]) => !isBookkeeping(fieldname) && fieldname !== 'amended_from');
  const values: DocumentValues = { ...Object.fromEntries(kept), ...emptied(doc, bundle?.doctype.fields ?? []) };
  for (const table of bundle?.doctype.fields.filter(isTableField) ?? []) {
    const child = bundle?.children.find(({ name }) => name === table.options);
    const rows = rowsOf(doc, table.fieldname);
    if (rows.length > 0) values[table.fieldname] = rows.map((row) => ({ ...row, ...emptied(row, child?.fields ?? []) }));
  }
  return bundle !== undefined && namedAfter(bundle.doctype) === 'prompt' ? { ...values, name: doc.name } : values;
}

const emptied = (values: DocumentValues, fields: readonly DocField[]): Record<string, FieldValue> =>
  Object.fromEntries(
    fields
      .filter((field) => (field.default ?? '') !== '' && values[field.fieldname] === undefined && !isServerOwned(field))
      .map((field) => [field.fieldname, numbers.has(field.fieldtype) ? 0 : '']),
  );

const numbers: ReadonlySet<string> = new Set(['Check', 'Int', 'Long Int', 'Float', 'Currency', 'Percent', 'Duration', 'Rating']);
