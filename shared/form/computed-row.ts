import type Big from 'big.js';
import type { ChildRow, DocumentValues } from '../erp/document';
import { amount } from '../erp/money';

const one = amount(1);
const orOne = (value: unknown): Big => {
  const number = amount(value);
  return number.eq(0) ? one : number;
};

/** The computed cells of one row, by the fieldnames that its DocType has. */
export function computeRow(row: ChildRow, parent: DocumentValues, has: (fieldname: string) => boolean): Map<string, Big> {
  const cells = new Map<string, Big>();
  const set = (fieldname: string, value: Big): void => {
    if (has(fieldname)) cells.set(fieldname, value);
  };
  if (has('qty') && has('rate') && has('amount')) itemRow(row, parent, set);
  else if (has('basic_rate') && has('transfer_qty')) stockRow(row, set);
  if (has('debit_in_account_currency') && has('debit')) {
    set('debit', amount(row['debit_in_account_currency']).times(orOne(row['exchange_rate'])));
    set('credit', amount(row['credit_in_account_currency']).times(orOne(row['exchange_rate'])));
  }
  return cells;
}

function itemRow(row: ChildRow, parent: DocumentValues, set: (fieldname: string, value: Big) => void): void {
  const qty = amount(row['qty']);
  const rate = amount(row['rate']);
  const conversion = conversionOf(parent);
  set('amount', qty.times(rate));
  set('base_rate', rate.times(conversion));
  set('base_amount', qty.times(rate).times(conversion));
  set('stock_qty', qty.times(factorOf(row)));
}

/**
 * What one unit of the document's currency is worth in the company's: 1 where it keeps no currency, 0 where its rate is
 * asked for still, so that no amount is shown that would be wrong.
 */
export const conversionOf = (values: DocumentValues): Big =>
  (values['currency'] ?? '') === '' ? orOne(values['conversion_rate']) : amount(values['conversion_rate']);

/** Stock units in a row's unit; 0 where only the server knows. */
const factorOf = (row: ChildRow): Big =>
  (row['uom'] ?? '') === '' || row['uom'] === row['stock_uom'] ? orOne(row['conversion_factor']) : amount(row['conversion_factor']);

/** Stock Entry: quantities in the stock unit, amounts by the basic rate. */
function stockRow(row: ChildRow, set: (fieldname: string, value: Big) => void): void {
  const moved = amount(row['qty']).times(factorOf(row));
  const basic = moved.times(amount(row['basic_rate']));
  set('transfer_qty', moved);
  set('basic_amount', basic);
  set('amount', basic.plus(amount(row['additional_cost'])));
}
