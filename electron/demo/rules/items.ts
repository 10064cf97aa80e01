import { rowsOf, type Doc } from '@shared/erp/document';
import { addInternal } from '../documents';
import { setSilently, type Context } from '../engine';
import { notFound, thrown } from '../errors';
import { number, text } from '../values';

/** The document, or the 404 with which ERPNext's own code meets a missing one. */
export function required(context: Context, doctype: string, name: string): Doc {
  const doc = context.store.get(doctype, name);
  if (doc === undefined) throw notFound(doctype, name);
  return doc;
}

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
    throw thrown(
      'NegativeStockError',
      `${-left} units of <a href="/app/Form/Item/${item}">Item ${item}</a> needed in <a href="/app/Form/Warehouse/${warehouse}">Warehouse ${warehouse}</a> to complete this transaction (${voucher.doctype} ${voucher.name}).`,
      { title: 'Insufficient Stock', app: true, module: 'erpnext.stock.stock_ledger' },
    );
  setSilently(context, bin, { actual_qty: left, projected_qty: number(bin, 'projected_qty') + quantity });
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
  const quantity = Number(args['qty'] ?? 1);
  const uom = String(args['uom'] ?? '') || text(item, 'stock_uom');
  const factor = conversionFactor(item, uom);
  const orNull = (fieldname: string): string | null => text(item, fieldname) || null;
  return {
    item_code: item.name,
    item_name: text(item, 'item_name'),
    description: text(item, 'description'),
    image: orNull('image'),
    warehouse,
    income_account: text(company, 'default_income_account'),
    expense_account: text(company, 'default_expense_account'),
    discount_account: null,
    provisional_expense_account: null,
    cost_center: text(company, 'cost_center'),
    has_serial_no: number(item, 'has_serial_no'),
    has_batch_no: number(item, 'has_batch_no'),
    batch_no: null,
    uom,
    stock_uom: text(item, 'stock_uom'),
    min_order_qty: '',
    qty: quantity,
    stock_qty: quantity * factor,
    price_list_rate: priceOf(context, item.name, String(args['price_list'] ?? '')) * factor,
    base_price_list_rate: 0,
    rate: 0,
    base_rate: 0,
    amount: 0,
    base_amount: 0,
    net_rate: 0,
    net_amount: 0,
    discount_percentage: 0,
    discount_amount: 0,
    update_stock: 0,
    delivered_by_supplier: 0,
    is_fixed_asset: 0,
    last_purchase_rate: number(item, 'last_purchase_rate'),
    transaction_date: args['transaction_date'] ?? null,
    against_blanket_order: null,
    bom_no: null,
    weight_per_unit: number(item, 'weight_per_unit'),
    weight_uom: orNull('weight_uom'),
    grant_commission: number(item, 'grant_commission'),
    conversion_factor: factor,
    item_group: text(item, 'item_group'),
    brand: orNull('brand'),
    manufacturer: null,
    manufacturer_part_no: null,
    item_tax_rate: '{}',
    customer_item_code: null,
    valuation_rate: number(item, 'valuation_rate'),
    projected_qty: bin ? number(bin, 'projected_qty') : 0,
    actual_qty: bin ? number(bin, 'actual_qty') : 0,
    reserved_qty: bin ? number(bin, 'reserved_qty') : 0,
    has_margin: false,
    free_item_data: [],
    child_docname: null,
  };
}
