import type { DocField } from '../erp/docfield';
import type { DocumentValues } from '../erp/document';

/** The currency of a company by its name, as far as this device knows it. */
export type CompanyCurrency = (company: string) => string | null;

/**
 * The currency of a Currency field, as the desk's `get_field_currency`: its options name a field of the document or of the
 * document around a row, or a path (`Company:company:default_currency`). Null: nothing names one, so the default counts.
 */
export function currencyOf(
  field: DocField,
  doc: DocumentValues,
  parent: DocumentValues | null,
  companyCurrency: CompanyCurrency,
): string | null {
  const named = (fieldname: string): string | null => {
    for (const values of [doc, parent ?? {}]) {
      const value = Object.hasOwn(values, fieldname) ? values[fieldname] : undefined;
      if (typeof value === 'string' && value !== '') return value;
    }
    return null;
  };
  const [first = '', link, target] = (field.options ?? '').split(':');
  if (link === undefined) return first === '' ? null : named(first);
  // The only path that ERPNext has.
  if (first !== 'Company' || target !== 'default_currency') return null;
  const company = named(link);
  return company === null ? null : companyCurrency(company);
}
