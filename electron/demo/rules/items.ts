import { rowsOf, type Doc } from '@shared/erp/document';
import { addInternal, type Context } from '../engine/engine';
import { notFound, refusal } from '../engine/errors';
import { number, text } from '../engine/values';

/** The document, or the 404 with which ERPNext's own code meets a missing one. */
export function required(context: Context, doctype: string, name: string): Doc {
  const doc = context.store.get(doctype, name);
  if (doc === undefined) throw notFound(doctype, name);
  return doc;
}

/** What a row with an item takes over from it. */
export const ofItem = {
  item_name: 'item_code.item_name',
  description: 'item_code.description',
  item_group: 'item_code.item_group',
  image: 'item_code.image',
  stock_uom: 'item_code.stock_uom',
};

/** Unless the user sets the time of posting, it is now (values-rewritten). */
export function postNow(context: Context, doc: Doc): void {
  const [date, time] = context.clock.stamp().split(' ');
  if (number(doc, 'set_posting_time') !== 1) Object.assign(doc, { posting_date: date, posting_time: time });
}

/** `EUR 1,250.50 only.` A real ERPNext spells the figures out. */
export const inWords = (amount: number, currency: string): string => `${currency} ${amount.toLocaleString('en')} only.`;

/**
 * The newest price of an item in a list, for one of this unit, in the list's currency; 0 where there is none. One of the unit
 * itself, else one of the stock unit times the factor.
 */
export function priceOf(context: Context, item: Doc, priceList: string, uom: string, factor: number): number {
  const prices = context.store.by('Item Price', 'item_code', item.name).filter((one) => one['price_list'] === priceList);
  const of = (unit: string): Doc | undefined => prices.findLast((one) => text(one, 'uom') === unit);
  const [own, perStockUnit] = [of(uom), of(text(item, 'stock_uom'))];
  if (own !== undefined) return number(own, 'price_list_rate');
  return perStockUnit === undefined ? 0 : number(perStockUnit, 'price_list_rate') * factor;
}

export const binOf = (context: Context, item: string, warehouse: string): Doc | undefined =>
  context.store.by('Bin', 'item_code', item).find((bin) => bin['warehouse'] === warehouse);

/** Moves stock in a warehouse. It may not fall below nothing. The Bin counts as changed then (documents/Bin.json). */
export function moveStock(context: Context, item: string, warehouse: string, quantity: number, voucher: Doc): void {
  if (item === '' || warehouse === '' || quantity === 0) return;
  const moved = required(context, 'Item', item);
  if (!number(moved, 'is_stock_item')) return;
  const bin =
    binOf(context, item, warehouse) ?? addInternal(context, 'Bin', { item_code: item, warehouse, stock_uom: text(moved, 'stock_uom') });
  const left = number(bin, 'actual_qty') + quantity;
  if (left < 0)
    throw refusal(
      `${-left} units of <a href="/app/Form/Item/${item}">Item ${item}</a> needed in <a href="/app/Form/Warehouse/${warehouse}">Warehouse ${warehouse}</a> to complete this transaction (${voucher.doctype} ${voucher.name}).`,
      'erpnext.stock.stock_ledger.NegativeStockError',
      'Insufficient Stock',
    );
  const changed = { modified: context.clock.stamp(), modified_by: context.user };
  context.store.put({ ...bin, ...changed, actual_qty: left, projected_qty: number(bin, 'projected_qty') + quantity });
}

/** How many stock units one of this unit is. */
export function conversionFactor(item: Doc, uom: string): number {
  const row = rowsOf(item, 'uoms').find((one) => one['uom'] === uom);
  return row === undefined ? 1 : number(row, 'conversion_factor') || 1;
}

/** `get_item_details`: what a form fills in when an item is chosen. */
export function itemDetails(context: Context, args: { [key: string]: unknown }): { [key: string]: unknown } {
  const item = required(context, 'Item', String(args['item_code'] ?? ''));
  const company = required(context, 'Company', String(args['company'] ?? ''));
  const warehouse = String(args['warehouse'] ?? '');
  const bin = binOf(context, item.name, warehouse);
  const qty = Number(args['qty'] ?? 1);
  const uom = String(args['uom'] ?? '') || text(item, 'stock_uom');
  const factor = Number(args['conversion_factor'] ?? 0) || conversionFactor(item, uom);
  return {
    ...Object.fromEntries(Object.keys(ofItem).map((fieldname) => [fieldname, text(item, fieldname) || null])),
    ...{ item_code: item.name, warehouse, uom, conversion_factor: factor, qty, stock_qty: qty * factor, free_item_data: [] },
    income_account: text(company, 'default_income_account'),
    expense_account: text(company, 'default_expense_account'),
    cost_center: text(company, 'cost_center'),
    valuation_rate: number(bin ?? item, 'valuation_rate'),
    actual_qty: bin === undefined ? 0 : number(bin, 'actual_qty'),
    price_list_rate:
      (priceOf(context, item, String(args['price_list'] ?? ''), uom, factor) * Number(args['plc_conversion_rate'] ?? 1)) /
      Number(args['conversion_rate'] ?? 1),
  };
}
