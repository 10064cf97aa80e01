import type { DocType } from '../erp/doctype';
import type { ChildRow, DocumentValues } from '../erp/document';
import { sideOf } from './price-currency';

const parties = new Set(['customer', 'supplier', 'party_name', 'quotation_to']);
const priceLists = new Set(['selling_price_list', 'buying_price_list']);
const dates = new Set(['transaction_date', 'posting_date']);
const rates = new Set(['conversion_rate', 'plc_conversion_rate']);

/** Fields of a document that the prices of its rows hang on. */
export const reprices = (fieldname: string): boolean =>
  parties.has(fieldname) || priceLists.has(fieldname) || dates.has(fieldname) || rates.has(fieldname) || fieldname === 'currency';

export const isPriceDate = (fieldname: string): boolean => dates.has(fieldname);

/** The price list that a document goes by; null for none. */
export function priceListOf(doctype: DocType, values: DocumentValues): string | null {
  const side = sideOf(doctype);
  const list = side === null ? null : values[`${side}_price_list`];
  return typeof list === 'string' && list !== '' ? list : null;
}

/** Whose prices count: the customer or supplier; a Quotation may be for a lead, which has none. */
export function partyOf(values: DocumentValues): string | null {
  const named = values['customer'] ?? values['supplier'] ?? (values['quotation_to'] === 'Customer' ? values['party_name'] : null);
  return typeof named === 'string' && named !== '' ? named : null;
}

/** The day that prices and exchange rates are of, `YYYY-MM-DD`. */
export function priceDate(values: DocumentValues, today: string): string {
  const day = values['transaction_date'] ?? values['posting_date'];
  return typeof day === 'string' && day !== '' ? day : today;
}

/** Fields of a row that name the row of an earlier document that it was made from. */
const rowsBefore = [
  'quotation_item',
  'supplier_quotation_item',
  'so_detail',
  'po_detail',
  'dn_detail',
  'pr_detail',
  'si_detail',
  'sales_invoice_item',
  'purchase_invoice_item',
];

/** Was the row made from one of an order, a delivery or a quotation? Its rate was agreed on there. */
export const hasEarlierRow = (row: ChildRow): boolean => rowsBefore.some((fieldname) => (row[fieldname] ?? '') !== '');
