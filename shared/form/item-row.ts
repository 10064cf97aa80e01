import type { DocType } from '../erp/doctype';
import type { ChildRow, DocumentValues, FieldValue } from '../erp/document';
import { amount, rounded } from '../erp/money';
import { isEmpty } from './field-state';
import { bestPrice } from './item-price';
import { inDocumentCurrency } from './price-currency';
import type { Side } from './price-currency';
import { factorOf } from './unit-factor';
import type { ItemRecords } from './unit-factor';

/** What the cache knows of an item: its record and its prices in the document's price list. Null: it is not on this device. */
export type ItemFacts = (ItemRecords & { prices: readonly DocumentValues[]; templatePrices: readonly DocumentValues[] }) | null;

/** The document around a row. `on`: the day of the price, `YYYY-MM-DD`; `listCurrency`: null where it is not known. */
export type RowSetting = {
  child: DocType;
  doctype: DocType;
  parent: DocumentValues;
  side: Side;
  party: string | null;
  on: string;
  listCurrency: string | null;
  /** Decimals of a number field of the row. */
  decimals: (fieldname: string) => number;
};

/** Why a row is filled: its item was chosen, its unit changed, or what its price hangs on. */
export type Cause = 'item' | 'unit' | 'price';

type Values = Record<string, FieldValue>;

/**
 * What choosing an item, a unit, or another party or price list brings to a row: the server has the last word
 * (`get_item_details`). What the new item does not bring is emptied, so that nothing of the former one stays. `keeps`
 * tells cells that the person gave: they stand, and what follows from a unit follows from theirs.
 */
export function itemRowValues(
  cause: Cause,
  row: ChildRow,
  facts: ItemFacts,
  setting: RowSetting,
  keeps: (fieldname: string) => boolean,
): Values {
  const brought: Values = {};
  const set = (fieldname: string, value: DocumentValues[string]): void => {
    const has = setting.child.fields.some((field) => field.fieldname === fieldname);
    const now = value === undefined || value === '' || Array.isArray(value) ? null : value;
    if (has && !keeps(fieldname) && now !== (row[fieldname] ?? null)) brought[fieldname] = now;
  };
  if (cause === 'item') setItem(set, row, facts, setting);
  const unit = brought['uom'] === undefined ? (row['uom'] ?? null) : brought['uom'];
  if (cause !== 'price') set('conversion_factor', factorIn(facts, unit, row));
  if (setting.side === null) {
    // A Stock Entry values its rows itself.
    if (cause === 'item') set('basic_rate', null);
    return brought;
  }
  const filled = { ...row, ...brought };
  const listed = listRate(facts, unit, filled, setting);
  return { ...brought, ...rateCells(listed, filled, setting, keeps) };
}

/** The cells that a list rate in the document's currency comes to; null empties them. The person's own rate stands. */
export function rateCells(
  listed: number | null,
  row: ChildRow,
  { child, decimals }: Pick<RowSetting, 'child' | 'decimals'>,
  keeps: (fieldname: string) => boolean,
): Values {
  const cells: Values = {};
  const set = (fieldname: string, value: number | null): void => {
    const has = child.fields.some((field) => field.fieldname === fieldname);
    const now = value === null ? null : rounded(amount(value), decimals(fieldname)).toNumber();
    if (has && !keeps(fieldname) && now !== (row[fieldname] ?? null)) cells[fieldname] = now;
  };
  set('price_list_rate', listed);
  set('rate', listed === null ? null : discounted(listed, row));
  return cells;
}

function setItem(
  set: (fieldname: string, value: DocumentValues[string]) => void,
  row: ChildRow,
  facts: ItemFacts,
  { side }: RowSetting,
): void {
  const item: DocumentValues = facts?.item ?? {};
  set('item_name', item['item_name']);
  set('description', item['description'] ?? item['item_name']);
  set('item_group', item['item_group']);
  set('brand', item['brand']);
  set('stock_uom', item['stock_uom']);
  set('uom', (side === 'selling' ? item['sales_uom'] : side === 'buying' ? item['purchase_uom'] : undefined) ?? item['stock_uom']);
  set('discount_percentage', null);
  set('discount_amount', null);
  if (isEmpty(row['qty']) || row['qty'] === 0) set('qty', 1);
}

const factorIn = (facts: ItemFacts, unit: FieldValue, row: ChildRow): number | null =>
  facts === null ? (unit !== null && unit === row['stock_uom'] ? 1 : null) : factorOf(facts, unit);

/** The list's rate of a unit, in the document's currency; null where there is none, or none that can be converted. */
function listRate(facts: ItemFacts, unit: FieldValue, row: ChildRow, setting: RowSetting): number | null {
  const [uom, stockUom] = [String(unit ?? ''), String(facts?.item['stock_uom'] ?? '')];
  const wanted = { uom, stockUom, party: setting.party, on: setting.on, qty: row['qty'] };
  const price = bestPrice(facts?.prices ?? [], wanted) ?? bestPrice(facts?.templatePrices ?? [], wanted);
  if (price === null) return null;
  const factor = price.uom === uom ? amount(1) : amount(row['conversion_factor'] ?? (uom === stockUom ? 1 : null));
  if (factor.eq(0)) return null;
  return inDocumentCurrency(factor.times(price.rate).toNumber(), setting.listCurrency ?? price.currency, setting.doctype, setting.parent);
}

/** A list rate less the row's discount, as ERPNext's `calculate_item_values`; rows with a margin are reckoned with it first. */
function discounted(listed: number, row: ChildRow): number {
  const margin = amount(row['margin_rate_or_amount']);
  const raised =
    row['margin_type'] === 'Percentage'
      ? amount(listed).times(margin.div(100).plus(1))
      : row['margin_type'] === 'Amount'
        ? amount(listed).plus(margin)
        : amount(listed);
  return raised.times(amount(1).minus(amount(row['discount_percentage']).div(100))).toNumber();
}

/** Is the rate of a row what its list price comes to (or empty), so that nobody agreed on another? */
export function isListRate(row: ChildRow): boolean {
  if (amount(row['is_free_item']).eq(1)) return false;
  if (amount(row['rate']).eq(0)) return true;
  const listed = amount(row['price_list_rate']);
  // Half a cent and less comes from rounding.
  return !listed.eq(0) && amount(row['rate']).minus(discounted(listed.toNumber(), row)).abs().lte(0.005);
}
