import { rowsOf, type Doc } from '@shared/erp/document';
import { addInternal } from '../documents';
import { setSilently, type Context } from '../engine';
import { notFound, refusal } from '../errors';
import { number, text } from '../values';

/** The document, or the 404 with which ERPNext's own code meets a missing one. */
export function required(context: Context, doctype: string, name: string): Doc {
  const doc = context.store.get(doctype, name);
  if (doc === undefined) throw notFound(doctype, name);
  return doc;
}

/** `EUR 1,250.50 only.` A real ERPNext spells the figures out. */
export const inWords = (amount: number, currency: string): string => `${currency} ${amount.toLocaleString('en')} only.`;

/** The newest price of an item in a list; 0 where there is none. */
export function priceOf(context: Context, item: string, priceList: string): number {
  const prices = context.store.by('Item Price', 'item_code', item).filter((one) => one['price_list'] === priceList);
  const last = prices[prices.length - 1];
  return last === undefined ? 0 : number(last, 'price_list_rate');
}

export const binOf = (context: Context, item: string, warehouse: string): Doc | undefined =>
  context.store.by('Bin', 'item_code', item).find((bin) => bin['warehouse'] === warehouse);

/** Moves stock in a warehouse. It may not fall below nothing. */
export function moveStock(context: Context, item: string, warehouse: string, quantity: number, voucher: Doc): void {
  if (item === '' || warehouse === '' || quantity === 0 || !number(required(context, 'Item', item), 'is_stock_item')) return;
  const bin =
    binOf(context, item, warehouse) ??
    addInternal(context, 'Bin', { item_code: item, warehouse, stock_uom: text(required(context, 'Item', item), 'stock_uom') });
  const left = number(bin, 'actual_qty') + quantity;
  if (left < 0)
    throw refusal(
      `${-left} units of <a href="/app/Form/Item/${item}">Item ${item}</a> needed in <a href="/app/Form/Warehouse/${warehouse}">Warehouse ${warehouse}</a> to complete this transaction (${voucher.doctype} ${voucher.name}).`,
      'stock.stock_ledger.NegativeStockError',
      'Insufficient Stock',
    );
  setSilently(context, bin, { actual_qty: left, projected_qty: number(bin, 'projected_qty') + quantity });
}

/** How many stock units one of this unit is. */
export function conversionFactor(item: Doc, uom: string): number {
  const row = rowsOf(item, 'uoms').find((one) => one['uom'] === uom);
  return row === undefined ? 1 : number(row, 'conversion_factor') || 1;
}

const zeroAtFirst = (
  'base_price_list_rate rate base_rate amount base_amount net_rate net_amount discount_percentage discount_amount update_stock ' +
  'delivered_by_supplier is_fixed_asset'
).split(' ');
const emptyAtFirst = (
  'discount_account provisional_expense_account batch_no transaction_date against_blanket_order bom_no manufacturer ' +
  'manufacturer_part_no customer_item_code child_docname'
).split(' ');
const ofItem = 'item_name description image stock_uom weight_uom item_group brand'.split(' ');
const figuresOfItem = 'has_serial_no has_batch_no last_purchase_rate weight_per_unit grant_commission valuation_rate'.split(' ');
const figuresOfBin = 'projected_qty actual_qty reserved_qty'.split(' ');

/** `get_item_details`: what a form fills in when an item is chosen. */
export function itemDetails(context: Context, args: { [key: string]: unknown }): { [key: string]: unknown } {
  const item = required(context, 'Item', String(args['item_code'] ?? ''));
  const company = required(context, 'Company', String(args['company'] ?? ''));
  const warehouse = String(args['warehouse'] ?? '');
  const bin = binOf(context, item.name, warehouse);
  const quantity = Number(args['qty'] ?? 1);
  const uom = String(args['uom'] ?? '') || text(item, 'stock_uom');
  const factor = conversionFactor(item, uom);
  return {
    ...Object.fromEntries(zeroAtFirst.map((fieldname) => [fieldname, 0])),
    ...Object.fromEntries(emptyAtFirst.map((fieldname) => [fieldname, null])),
    ...Object.fromEntries(ofItem.map((fieldname) => [fieldname, text(item, fieldname) || null])),
    ...Object.fromEntries(figuresOfItem.map((fieldname) => [fieldname, number(item, fieldname)])),
    ...Object.fromEntries(figuresOfBin.map((fieldname) => [fieldname, bin === undefined ? 0 : number(bin, fieldname)])),
    ...{ item_code: item.name, warehouse, uom, conversion_factor: factor, qty: quantity, stock_qty: quantity * factor, min_order_qty: '' },
    ...{ income_account: text(company, 'default_income_account'), expense_account: text(company, 'default_expense_account') },
    ...{ cost_center: text(company, 'cost_center'), item_tax_rate: '{}', has_margin: false, free_item_data: [] },
    price_list_rate: priceOf(context, item.name, String(args['price_list'] ?? '')) * factor,
  };
}
