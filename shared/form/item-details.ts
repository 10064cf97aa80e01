import type { DocType } from '../erp/doctype';
import type { ChildRow, DocumentValues, FieldValue } from '../erp/document';
import { amount } from '../erp/money';
import { isTemporaryName } from '../erp/temporary-name';
import { isEmpty } from './field-state';
import { rateCells } from './item-row';
import type { Cause, RowSetting } from './item-row';
import { partyOf, priceDate, priceListOf } from './reprice';

/** What `get_item_details` is asked of a row (recording `method`). No rate: with one the server may add an Item Price. */
export type ItemQuestion = {
  doctype: string;
  company: string;
  item_code: string;
  uom?: string | undefined;
  qty?: number | undefined;
  /** Only where it stands: the person's own, or looked up before. */
  conversion_factor?: number | undefined;
  warehouse?: string | undefined;
  customer?: string | undefined;
  supplier?: string | undefined;
  quotation_to?: string | undefined;
  price_list?: string | undefined;
  price_list_currency?: string | undefined;
  plc_conversion_rate?: number | undefined;
  currency?: string | undefined;
  conversion_rate?: number | undefined;
  transaction_date: string;
  ignore_pricing_rule?: number | undefined;
};

/** What the server answers, of what a row takes. */
export type ItemDetails = { [fieldname: string]: FieldValue };

/** Fieldnames that are taken from an answer. */
export const detailFields: readonly string[] = [
  'item_name',
  'description',
  'item_group',
  'brand',
  'stock_uom',
  'uom',
  'conversion_factor',
  'price_list_rate',
  'discount_percentage',
  'warehouse',
  'income_account',
  'expense_account',
  'cost_center',
  'item_tax_template',
];

const textOf = (value: DocumentValues[string]): string | undefined =>
  typeof value === 'string' && value !== '' && !isTemporaryName(value) ? value : undefined;

/** Null where the row cannot be asked about: no item, or one that the server does not know yet. `today`: `YYYY-MM-DD`. */
export function itemQuestion(cause: Cause, doctype: DocType, parent: DocumentValues, row: ChildRow, today: string): ItemQuestion | null {
  const [item_code, company] = [textOf(row['item_code']), textOf(parent['company'])];
  const day = priceDate(parent, today);
  // What was typed for a date and is none stays text until saving.
  if (item_code === undefined || company === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(day)) return null;
  const question: ItemQuestion = { doctype: doctype.name, company, item_code, transaction_date: day };
  const texts = {
    uom: row['uom'],
    warehouse: row['warehouse'],
    customer: parent['customer'] ?? (parent['quotation_to'] === 'Customer' ? partyOf(parent) : undefined),
    supplier: parent['supplier'],
    quotation_to: parent['quotation_to'],
    price_list: priceListOf(doctype, parent),
    price_list_currency: parent['price_list_currency'],
    currency: parent['currency'],
  };
  const numbers = {
    qty: row['qty'],
    conversion_factor: cause === 'price' ? row['conversion_factor'] : null,
    plc_conversion_rate: parent['plc_conversion_rate'],
    conversion_rate: parent['conversion_rate'],
    ignore_pricing_rule: parent['ignore_pricing_rule'],
  };
  const given = Object.entries(texts).flatMap(([key, value]) =>
    textOf(value ?? undefined) === undefined ? [] : [[key, String(value)] as const],
  );
  const counted = Object.entries(numbers).flatMap(([key, value]) => (isEmpty(value) ? [] : [[key, amount(value).toNumber()] as const]));
  return { ...question, ...Object.fromEntries<string>(given), ...Object.fromEntries<number>(counted) };
}

/** What a row takes from the server's answer: it wins over the cache, never over what the person gave (`keeps`). */
export function detailValues(
  cause: Cause,
  row: ChildRow,
  details: ItemDetails,
  setting: Pick<RowSetting, 'child' | 'decimals'>,
  keeps: (fieldname: string) => boolean,
): Record<string, FieldValue> {
  const brought: Record<string, FieldValue> = {};
  const fieldnames =
    cause === 'item' ? detailFields : cause === 'unit' ? ['conversion_factor', 'discount_percentage'] : ['discount_percentage'];
  for (const fieldname of fieldnames) {
    const value = details[fieldname] ?? null;
    const has = setting.child.fields.some((field) => field.fieldname === fieldname);
    // No discount by a pricing rule takes none of the person's away.
    if (!has || fieldname === 'price_list_rate' || isEmpty(value) || value === 0 || keeps(fieldname) || value === row[fieldname]) continue;
    brought[fieldname] = value;
  }
  if (details['price_list_rate'] === undefined) return brought;
  const listed = amount(details['price_list_rate']);
  // Without a price it answers 0.
  return { ...brought, ...rateCells(listed.eq(0) ? null : listed.toNumber(), { ...row, ...brought }, setting, keeps) };
}
