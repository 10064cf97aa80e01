import type { DocField } from '../erp/docfield';
import type { DocType } from '../erp/doctype';
import type { DocumentValues } from '../erp/document';
import { valueOf } from '../erp/document';
import { namedAfter } from '../erp/name-that-follows';

/** Whose title the server puts together: of what, the first that is filled (as ERPNext's Lead.set_title, Frappe's Contact.get_full_name). */
const composed: Readonly<Record<string, readonly (readonly string[])[]>> = {
  Contact: [['first_name', 'middle_name', 'last_name']],
  Lead: [['company_name'], ['first_name', 'middle_name', 'last_name']],
};

/** Whose documents are companies, which are called the same with and without their legal form. */
const companies: ReadonlySet<string> = new Set(['Customer', 'Supplier', 'Lead', 'Company']);

export const kindOfNames = (doctype: string): 'company' | 'other' => (companies.has(doctype) ? 'company' : 'other');

/**
 * The fields that a person names a new document by, one choice after the other: those that its title is made of, then the one
 * that its name is. None for transactions, rows and settings, and where the title is not typed.
 */
export function namingFields(doctype: DocType): DocField[][] {
  if (doctype.is_submittable === 1 || doctype.istable === 1 || doctype.issingle === 1) return [];
  const named = namedAfter(doctype);
  const choices = [...(composed[doctype.name] ?? [[doctype.title_field ?? '']]), named === null || named === 'prompt' ? [] : [named.field]];
  return choices
    .map((names) => doctype.fields.filter((field) => names.includes(field.fieldname) && isTyped(field)))
    .filter((fields) => fields.length > 0);
}

const isTyped = (field: DocField): boolean =>
  field.fieldtype === 'Data' && field.hidden !== 1 && field.read_only !== 1 && field.fetch_from === undefined;

/** What a new document is called so far, and the last field of that. Null until enough was typed: of several fields, two. */
export function calledBy(choices: readonly (readonly DocField[])[], values: DocumentValues): { fieldname: string; text: string } | null {
  for (const fields of choices) {
    const texts = fields.map(({ fieldname }) => ({ fieldname, text: String(valueOf(values, fieldname) ?? '').trim() }));
    const filled = texts.filter(({ text }) => text !== '');
    const last = filled.at(-1);
    if (last !== undefined && filled.length >= Math.min(2, fields.length))
      return { fieldname: last.fieldname, text: filled.map(({ text }) => text).join(' ') };
  }
  return null;
}
