import type { DocField } from '../erp/docfield';
import type { DocumentValues, FieldValue } from '../erp/document';
import { isEmpty } from './field-state';

/** Fields that name the party of a transaction, by their fieldname. */
export const isPartyField = (field: DocField): boolean =>
  field.fieldtype === 'Link' &&
  (field.options === 'Customer' || field.options === 'Supplier') &&
  field.fieldname === field.options.toLowerCase();

/** The group of a party, where one is: a customer without a price list has that of its group. */
export const groupOf = (party: DocumentValues): { doctype: string; name: string } | null => {
  const name = party['customer_group'];
  return typeof name === 'string' && name !== '' && isEmpty(party['default_price_list']) ? { doctype: 'Customer Group', name } : null;
};

/**
 * What choosing a customer or supplier brings besides `fetch_from`, as ERPNext's `get_party_details` does: its currency, price
 * list, terms, sales partner and language. `group`: of the customer, where it is here. What the party leaves open stays.
 */
export function partyValues(
  fields: readonly DocField[],
  values: DocumentValues,
  party: DocumentValues,
  group: DocumentValues | null = null,
): Record<string, FieldValue> {
  const brought: Record<string, FieldValue> = {};
  const set = (fieldname: string, ...choices: DocumentValues[string][]): void => {
    const has = fields.some((field) => field.fieldname === fieldname);
    const value = choices.find((choice) => !Array.isArray(choice) && !isEmpty(choice));
    if (has && value !== undefined && !Array.isArray(value) && values[fieldname] !== value) brought[fieldname] = value;
  };
  set('currency', party['default_currency']);
  set('selling_price_list', party['default_price_list'], group?.['default_price_list']);
  set('buying_price_list', party['default_price_list']);
  set('payment_terms_template', party['payment_terms']);
  set('tax_category', party['tax_category']);
  set('sales_partner', party['default_sales_partner']);
  set('commission_rate', party['default_commission_rate']);
  set('language', party['language']);
  return brought;
}
