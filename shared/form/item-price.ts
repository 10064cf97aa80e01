import type { DocumentValues, FieldValue } from '../erp/document';
import { amount } from '../erp/money';

/** What a price is looked for. `on`: `YYYY-MM-DD`; `party`: the customer or supplier, null for none yet; `qty` in `uom`. */
export type Wanted = { uom: string; stockUom: string; party: string | null; on: string; qty?: FieldValue | undefined };

/** A price of the list, for one `uom` in the list's currency. `uom` is empty for one that names no unit: it is per stock unit. */
export type ListPrice = { rate: number; uom: string; currency: string | null; packing: FieldValue };

const text = (value: FieldValue | DocumentValues[string]): string => (typeof value === 'string' ? value : '');
const partyOf = (price: DocumentValues): string => text(price['customer']) || text(price['supplier']);

/**
 * The Item Price that serves, in the order of ERPNext's `get_price_list_rate_for`: the party's own in this unit or without
 * one, then everybody's, then everybody's in the stock unit; of several the one valid since the latest day, a named unit
 * before none. The price that is found first serves whole packing units alone, and nothing serves in its place. Prices of a batch
 * are left to the server. Null where the list has none.
 */
export function bestPrice(prices: readonly DocumentValues[], wanted: Wanted): ListPrice | null {
  const valid = prices.filter((price) => text(price['batch_no']) === '' && isValid(price, wanted.on));
  const own = valid.filter((price) => partyOf(price) !== '' && partyOf(price) === wanted.party);
  const general = valid.filter((price) => partyOf(price) === '');
  const first = newest(wanted.party === null ? general : own, wanted.uom);
  if (first !== null) return isPacked(first.packing, wanted.qty) ? first : null;
  return newest(general, wanted.uom) ?? newest(general, wanted.stockUom);
}

/** Is it a number of whole packing units? As ERPNext's `check_packing_list`. */
function isPacked(packing: FieldValue, qty: FieldValue | undefined): boolean {
  const unit = amount(packing);
  return (
    unit.lte(0) ||
    amount(qty ?? null)
      .mod(unit)
      .eq(0)
  );
}

const isValid = (price: DocumentValues, on: string): boolean =>
  (text(price['valid_from']) === '' || text(price['valid_from']) <= on) &&
  (text(price['valid_upto']) === '' || text(price['valid_upto']) >= on);

function newest(prices: readonly DocumentValues[], unit: string): ListPrice | null {
  const order = (price: DocumentValues): string => `${text(price['valid_from']).padEnd(10)}${text(price['uom']) === '' ? 0 : 1}`;
  const [best] = prices
    .filter((price) => text(price['uom']) === '' || text(price['uom']) === unit)
    .toSorted((a, b) => (order(a) < order(b) ? 1 : order(a) > order(b) ? -1 : 0));
  const rate = Number(best?.['price_list_rate']);
  if (best === undefined || !Number.isFinite(rate)) return null;
  const packing = best['packing_unit'];
  return {
    ...{ rate, uom: text(best['uom']), currency: text(best['currency']) || null },
    packing: typeof packing === 'number' || typeof packing === 'string' ? packing : null,
  };
}
