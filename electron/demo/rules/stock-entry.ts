import { rowsOf, type Doc } from '@shared/erp/document';
import type { Context, Rules } from '../engine/engine';
import { refusal } from '../engine/errors';
import { money, number, sumOf, text } from '../engine/values';
import { conversionFactor, moveStock, ofItem, postNow, required } from './items';

/** The two sides of a row: its warehouse, the document's, and the purpose that has no such side. */
const sides = [
  ['s_warehouse', 'from_warehouse', 'Material Receipt', 'Source'],
  ['t_warehouse', 'to_warehouse', 'Material Issue', 'Target'],
] as const;

function validate(context: Context, doc: Doc): void {
  postNow(context, doc);
  const rows = rowsOf(doc, 'items').filter((row) => text(row, 'item_code') !== '');
  for (const [index, row] of rows.entries()) {
    const item = required(context, 'Item', text(row, 'item_code'));
    for (const [side, ofAll, without, title] of sides) {
      if (text(doc, 'purpose') === without) continue;
      row[side] ||= text(doc, ofAll) || undefined;
      if (!row[side]) throw refusal(`${title} warehouse is mandatory for row ${index + 1}`);
    }
    if (number(row, 'qty') <= 0) throw refusal(`Row ${index + 1}: Qty is mandatory`);
    const [factor, rate] = [number(row, 'conversion_factor') || conversionFactor(item, text(row, 'uom')), number(row, 'basic_rate')];
    const quantity = number(row, 'qty') * factor;
    const amount = money(rate * quantity);
    Object.assign(row, { conversion_factor: factor, transfer_qty: quantity, basic_rate: rate, valuation_rate: rate });
    Object.assign(row, { basic_amount: amount, amount });
  }
  const moved = sides.map(([side]) => rows.filter((row) => row[side]));
  const [outgoing = 0, incoming = 0] = moved.map((those) => money(sumOf(those, 'amount')));
  const values = { total_incoming_value: incoming, total_outgoing_value: outgoing, value_difference: money(incoming - outgoing) };
  Object.assign(doc, { ...values, total_amount: incoming || outgoing });
}

const accounts = { cost_center: 'company.cost_center', expense_account: 'company.stock_adjustment_account' };

export const stockEntry: { [doctype: string]: Rules } = {
  'Stock Entry Detail': { fills: { ...ofItem, ...accounts, uom: 'item_code.stock_uom', basic_rate: 'item_code.valuation_rate' } },
  'Stock Entry': {
    validate,
    effect(context, doc, sign) {
      for (const row of rowsOf(doc, 'items'))
        for (const [side, direction] of [['s_warehouse', -sign] as const, ['t_warehouse', sign] as const])
          moveStock(context, text(row, 'item_code'), text(row, side), direction * number(row, 'transfer_qty'), doc);
    },
  },
};
