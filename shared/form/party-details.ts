import type { DocField } from '../erp/docfield';
import type { DocumentValues, FieldValue } from '../erp/document';
import { isEmpty } from './field-state';

/** Fields that name the party of a transaction, by their fieldname. */
export const isPartyField = (field: DocField): boolean =>
  field.fieldtype === 'Link' &&
  (field.options === 'Customer' || field.options === 'Supplier') &&
  field.fieldname === field.options.toLowerCase();

/**
 * What choosing a customer or supplier brings besides `fetch_from`, as ERPNext's `get_party_details` does: its price list and
 * payment terms. Its currency is left to the person, since exchange rates are the server's.
 */
export function partyValues(fields: readonly DocField[], values: DocumentValues, party: DocumentValues): Record<string, FieldValue> {
  const brought: Record<string, FieldValue> = {};
  const set = (fieldname: string, value: DocumentValues[string]): void => {
    const has = fields.some((field) => field.fieldname === fieldname);
    if (has && !Array.isArray(value) && !isEmpty(value) && values[fieldname] !== value) brought[fieldname] = value ?? null;
  };
  set('selling_price_list', party['default_price_list']);
  set('buying_price_list', party['default_price_list']);
  set('payment_terms_template', party['payment_terms']);
  set('tax_category', party['tax_category']);
  return brought;
}
