import type { DocType } from '../erp/doctype';
import type { DocumentValues, FieldValue } from '../erp/document';
import { amount } from '../erp/money';

/** Which side of trade a DocType is on, by its price list; null for one without, as Stock Entry. */
export type Side = 'selling' | 'buying' | null;

const hasField = (doctype: DocType, fieldname: string): boolean => doctype.fields.some((field) => field.fieldname === fieldname);

export function sideOf(doctype: DocType): Side {
  if (hasField(doctype, 'selling_price_list')) return 'selling';
  return hasField(doctype, 'buying_price_list') ? 'buying' : null;
}

/** Does the document keep a currency and what one unit of it is worth in the company's? */
export const isInCurrency = (doctype: DocType): boolean => hasField(doctype, 'currency') && hasField(doctype, 'conversion_rate');

const textOf = (value: DocumentValues[string]): string | null => (typeof value === 'string' && value !== '' ? value : null);
const isGiven = (value: DocumentValues[string]): boolean => amount(value).gt(0);

/** What the document's currencies are measured by. `listCurrency`: the price list's; null where it is not known. */
export type CurrencyFacts = {
  companyCurrency: string | null;
  listCurrency: string | null;
  /** What one unit of a currency is worth in the company's; null where this device does not know. */
  worth: (currency: string) => number | null;
};

/** Which exchange rates are looked up anew, also where one stands: its currency or the date was changed, and nobody typed it. */
export type Anew = { conversion: boolean; list: boolean };

/**
 * What the currency of a document and that of its price list bring, as the desk's transactions do: their exchange rates,
 * 1 for the company's own. One that is not known is emptied: then the person is asked, and the server fills in.
 */
export function rateValues(doctype: DocType, values: DocumentValues, facts: CurrencyFacts, anew: Anew): Record<string, FieldValue> {
  const patch: Record<string, FieldValue> = {};
  const currency = textOf(values['currency']);
  const { companyCurrency, listCurrency, worth } = facts;
  if (!isInCurrency(doctype) || currency === null || companyCurrency === null) return patch;
  const worthOf = (one: string): number | null => (one === companyCurrency ? 1 : worth(one));
  if (anew.conversion || !isGiven(values['conversion_rate'])) patch['conversion_rate'] = worthOf(currency);
  if (listCurrency === null || !hasField(doctype, 'price_list_currency')) return patch;
  const other = values['price_list_currency'] !== listCurrency;
  if (other) patch['price_list_currency'] = listCurrency;
  if (hasField(doctype, 'plc_conversion_rate') && (other || anew.list || !isGiven(values['plc_conversion_rate']))) {
    const conversion = patch['conversion_rate'] ?? values['conversion_rate'];
    patch['plc_conversion_rate'] = listCurrency === currency && isGiven(conversion) ? Number(conversion) : worthOf(listCurrency);
  }
  return patch;
}

/** A rate of the price list in the document's currency; null where an exchange rate that it takes is missing. */
export function inDocumentCurrency(rate: number, listCurrency: string | null, doctype: DocType, values: DocumentValues): number | null {
  const currency = textOf(values['currency']);
  if (!isInCurrency(doctype) || currency === null || listCurrency === currency) return rate;
  const ofDocument = textOf(values['price_list_currency']);
  if (listCurrency === null && ofDocument === null) return rate;
  // The document's rates are of another list's currency.
  if (listCurrency !== null && ofDocument !== null && listCurrency !== ofDocument) return null;
  const [listWorth, worth] = [amount(values['plc_conversion_rate']), amount(values['conversion_rate'])];
  return listWorth.gt(0) && worth.gt(0) ? listWorth.times(rate).div(worth).toNumber() : null;
}

/** A currency whose exchange rate nobody knows here: the field that wants it, from which to which. */
export type MissingRate = { fieldname: 'conversion_rate' | 'plc_conversion_rate'; from: string; to: string };

export function missingRates(doctype: DocType, values: DocumentValues, companyCurrency: string | null): MissingRate[] {
  if (!isInCurrency(doctype) || companyCurrency === null) return [];
  const missing: MissingRate[] = [];
  const ask = (fieldname: MissingRate['fieldname'], currency: string | null): void => {
    const wanted = currency !== null && currency !== companyCurrency && hasField(doctype, fieldname) && !isGiven(values[fieldname]);
    if (wanted) missing.push({ fieldname, from: currency, to: companyCurrency });
  };
  ask('conversion_rate', textOf(values['currency']));
  if (values['price_list_currency'] !== values['currency']) ask('plc_conversion_rate', textOf(values['price_list_currency']));
  return missing;
}
