import type { DocType } from '../erp/doctype';
import type { ChildRow, DocumentValues, FieldValue } from '../erp/document';
import { isEmpty } from './field-state';

/** What the cache knows of an item that was chosen in a row. `rate`: from its price, in the document's currency; null for none. */
export type ChosenItem = { item: DocumentValues; rate: number | null };

/**
 * What choosing an item brings to its row: name, description, units and, where a price is known, the rate. The server has
 * the last word (`get_item_details`).
 */
export function itemRowValues(
  child: DocType,
  row: ChildRow,
  parent: DocumentValues,
  { item, rate }: ChosenItem,
): Record<string, FieldValue> {
  const has = (fieldname: string): boolean => child.fields.some((field) => field.fieldname === fieldname);
  const values: Record<string, FieldValue> = {};
  const set = (fieldname: string, value: DocumentValues[string]): void => {
    if (has(fieldname) && value !== undefined && value !== null && value !== '' && !Array.isArray(value)) values[fieldname] = value;
  };
  const selling = parent['customer'] !== undefined || parent['selling_price_list'] !== undefined;
  const unit = (selling ? item['sales_uom'] : item['purchase_uom']) ?? item['stock_uom'];
  set('item_name', item['item_name']);
  set('description', item['description'] ?? item['item_name']);
  set('item_group', item['item_group']);
  set('brand', item['brand']);
  set('stock_uom', item['stock_uom']);
  set('uom', unit);
  set('conversion_factor', factorOf(item, unit));
  if (isEmpty(row['qty']) || row['qty'] === 0) set('qty', 1);
  if (rate !== null) {
    set('price_list_rate', rate);
    set('rate', rate);
    set('basic_rate', rate);
  }
  return values;
}

/** Stock units in one unit, by the item's own table; 1 for the stock unit itself. */
function factorOf(item: DocumentValues, unit: DocumentValues[string]): FieldValue {
  if (unit === item['stock_uom']) return 1;
  const rows = item['uoms'];
  const row = Array.isArray(rows) ? rows.find((each) => each['uom'] === unit) : undefined;
  return row?.['conversion_factor'] ?? null;
}

/**
 * The price that serves best: of the unit, the party and the day, newest first; one without a party or a unit serves where
 * nothing closer is there. `on` is `YYYY-MM-DD`.
 */
export function bestPrice(prices: readonly DocumentValues[], wanted: { uom: string; party: string | null; on: string }): number | null {
  const text = (value: DocumentValues[string]): string => (typeof value === 'string' ? value : '');
  const fits = prices.filter((price) => {
    const party = text(price['customer']) || text(price['supplier']);
    const [from, upto, uom] = [text(price['valid_from']), text(price['valid_upto']), text(price['uom'])];
    return (
      (party === '' || party === wanted.party) &&
      (from === '' || from <= wanted.on) &&
      (upto === '' || upto >= wanted.on) &&
      (uom === '' || uom === wanted.uom)
    );
  });
  const rank = (price: DocumentValues): string =>
    `${text(price['customer']) || text(price['supplier']) ? 1 : 0}${text(price['uom']) === '' ? 0 : 1}${text(price['valid_from'])}`;
  const best = fits.toSorted((a, b) => (rank(a) < rank(b) ? 1 : -1))[0];
  const rate = Number(best?.['price_list_rate']);
  return best === undefined || Number.isNaN(rate) ? null : rate;
}
