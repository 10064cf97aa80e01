import type Big from 'big.js';
import type { ChildRow, DocumentValues } from '../erp/document';
import { rowsOf } from '../erp/document';
import { amount, rounded } from '../erp/money';
import { sum } from './computed';
import type { Setter } from './computed';
import { conversionOf } from './computed-row';

type SetCell = (row: string, fieldname: string, value: Big) => void;

/** Decimals that ERPNext rounds a field of the document, or of a tax row, to before it goes on to reckon with it. */
export type Decimals = { of: (fieldname: string) => number; ofTax: (fieldname: string) => number };

/**
 * Totals of a transaction with taxes, as ERPNext's `taxes_and_totals` gives them in the common cases. Taxes by item
 * (item tax templates) and inclusive taxes other than on the net total need the server: then only the total is given.
 */
export function computeTaxes(values: DocumentValues, set: Setter, setCell: SetCell, decimals: Decimals): void {
  const conversion = conversionOf(values);
  const withBase: Setter = (fieldname, value) => {
    set(fieldname, value);
    set(`base_${fieldname}`, value.times(conversion));
  };
  const total = sum(values, 'items', 'amount');
  withBase('total', total);
  const taxes = rowsOf(values, 'taxes');
  if (needsServer(values, taxes)) return;

  const discount = amount(values['discount_amount']);
  const onNet = values['apply_discount_on'] === 'Net Total';
  const inclusive = taxes.filter(isInclusive).reduce((rate, tax) => rate.plus(amount(tax['rate'])), amount(0));
  const beforeTax = total.div(inclusive.div(100).plus(1));
  const share = amount(values['additional_discount_percentage']).div(100);
  const netDiscount = !onNet ? amount(0) : share.eq(0) ? discount : beforeTax.times(share);
  const net = rounded(beforeTax.minus(netDiscount), decimals.of('net_total'));
  withBase('net_total', net);

  const charged = chargeTaxes(taxes, net, sum(values, 'items', 'qty'), setCell, decimals.ofTax('tax_amount'));
  withBase('total_taxes_and_charges', charged);
  const gross = net.plus(charged);
  const grossDiscount = onNet ? amount(0) : share.eq(0) ? discount : gross.times(share);
  if (!share.eq(0)) withBase('discount_amount', rounded(onNet ? netDiscount : grossDiscount, decimals.of('discount_amount')));
  const grand = gross.minus(grossDiscount);
  withBase('grand_total', grand);
  const noRounding = values['disable_rounded_total'] === 1 || values['disable_rounded_total'] === true;
  if (!noRounding && !amount(values['rounded_total']).eq(0)) withBase('rounded_total', rounded(grand, 0));
}

const isInclusive = (tax: ChildRow): boolean => tax['included_in_print_rate'] === 1 || tax['included_in_print_rate'] === true;

function needsServer(values: DocumentValues, taxes: readonly ChildRow[]): boolean {
  if (rowsOf(values, 'items').some((row) => (row['item_tax_template'] ?? '') !== '')) return true;
  return taxes.some((tax) => isInclusive(tax) && tax['charge_type'] !== 'On Net Total');
}

/** Writes each tax row's amount and running total; returns what is charged in all. */
function chargeTaxes(taxes: readonly ChildRow[], net: Big, qty: Big, setCell: SetCell, decimals: number): Big {
  const amounts: Big[] = [];
  const totals: Big[] = [];
  let running = net;
  taxes.forEach((tax, index) => {
    const rate = amount(tax['rate']).div(100);
    const previous = Number(tax['row_id'] ?? index) - 1;
    const charge = rounded(chargeOf(tax, rate, net, qty, amounts[previous] ?? amount(0), totals[previous] ?? net), decimals);
    const counts = tax['category'] !== 'Valuation';
    const signed = tax['add_deduct_tax'] === 'Deduct' ? charge.times(-1) : charge;
    if (counts) running = running.plus(signed);
    amounts.push(charge);
    totals.push(running);
    setCell(tax.name, 'tax_amount', charge);
    setCell(tax.name, 'total', running);
  });
  return running.minus(net);
}

function chargeOf(tax: ChildRow, rate: Big, net: Big, qty: Big, previousAmount: Big, previousTotal: Big): Big {
  switch (tax['charge_type']) {
    case 'On Net Total':
      return net.times(rate);
    case 'On Previous Row Amount':
      return previousAmount.times(rate);
    case 'On Previous Row Total':
      return previousTotal.times(rate);
    case 'On Item Quantity':
      return qty.times(amount(tax['rate']));
    default:
      return amount(tax['tax_amount']); // Actual
  }
}
