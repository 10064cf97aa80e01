import { rowsOf, type Doc } from '@shared/erp/document';
import type { Context, Rules } from '../engine';
import { refusal } from '../errors';
import { money, number, text } from '../values';
import { conversionFactor, moveStock, required } from './items';

function validate(context: Context, doc: Doc): void {
  const type = context.store.get('Stock Entry Type', text(doc, 'stock_entry_type'));
  doc['purpose'] = (type && text(type, 'purpose')) || text(doc, 'purpose');
  if (number(doc, 'set_posting_time') !== 1) {
    const [date = '', time = ''] = context.clock.stamp().split(' ');
    Object.assign(doc, { posting_date: date, posting_time: time });
  }
  const purpose = text(doc, 'purpose');
  const company = context.store.get('Company', text(doc, 'company'));
  let [incoming, outgoing] = [0, 0];
  rowsOf(doc, 'items').forEach((row, index) => {
    if (text(row, 'item_code') === '') return;
    const item = required(context, 'Item', text(row, 'item_code'));
    if (purpose !== 'Material Receipt') row['s_warehouse'] ||= text(doc, 'from_warehouse') || undefined;
    if (purpose !== 'Material Issue') row['t_warehouse'] ||= text(doc, 'to_warehouse') || undefined;
    if (purpose !== 'Material Receipt' && !row['s_warehouse']) throw refusal(`Source warehouse is mandatory for row ${index + 1}`);
    if (purpose !== 'Material Issue' && !row['t_warehouse']) throw refusal(`Target warehouse is mandatory for row ${index + 1}`);
    if (number(row, 'qty') <= 0) throw refusal(`Row ${index + 1}: Qty is mandatory`);
    for (const fieldname of ['item_name', 'description', 'item_group', 'image', 'stock_uom'])
      if (!text(row, fieldname)) row[fieldname] = text(item, fieldname) || undefined;
    row['uom'] ||= text(item, 'stock_uom');
    row['conversion_factor'] = number(row, 'conversion_factor') || conversionFactor(item, text(row, 'uom'));
    row['transfer_qty'] = number(row, 'qty') * number(row, 'conversion_factor');
    if (number(row, 'basic_rate') === 0) row['basic_rate'] = number(item, 'valuation_rate');
    const amount = money(number(row, 'basic_rate') * number(row, 'transfer_qty'));
    Object.assign(row, { basic_amount: amount, amount, valuation_rate: number(row, 'basic_rate') });
    row['cost_center'] ||= (company && text(company, 'cost_center')) || undefined;
    row['expense_account'] ||= (company && text(company, 'stock_adjustment_account')) || undefined;
    if (row['t_warehouse']) incoming = money(incoming + amount);
    if (row['s_warehouse']) outgoing = money(outgoing + amount);
  });
  Object.assign(doc, {
    total_incoming_value: incoming,
    total_outgoing_value: outgoing,
    value_difference: money(incoming - outgoing),
    total_amount: incoming || outgoing,
  });
}

const move =
  (sign: 1 | -1) =>
  (context: Context, doc: Doc): void => {
    for (const row of rowsOf(doc, 'items')) {
      moveStock(context, text(row, 'item_code'), text(row, 's_warehouse'), -sign * number(row, 'transfer_qty'), doc);
      moveStock(context, text(row, 'item_code'), text(row, 't_warehouse'), sign * number(row, 'transfer_qty'), doc);
    }
  };

export const stockEntry: Rules = { validate, onSubmit: move(1), onCancel: move(-1) };
