import { rowsOf, type Doc } from '@shared/erp/document';
import { setSilently, type Context } from '../engine/engine';
import { money, number, round, sumOf, text } from '../engine/values';
import { statusOf } from './status';

type Follow = {
  /** The DocType of the order, and the field of a row that leads to it and to its row. */
  order: string;
  parent: string;
  detail: string;
  /** What of the row counts, and where the order's row and the order itself keep it. */
  from: 'qty' | 'amount';
  into: string;
  percent: string;
};

const billed = { from: 'amount', into: 'billed_amt', percent: 'per_billed' } as const;
const delivered = { from: 'qty', into: 'delivered_qty', percent: 'per_delivered' } as const;
const follows: { [doctype: string]: Follow | undefined } = {
  'Delivery Note': { order: 'Sales Order', parent: 'against_sales_order', detail: 'so_detail', ...delivered },
  'Sales Invoice': { order: 'Sales Order', parent: 'sales_order', detail: 'so_detail', ...billed },
  'Purchase Invoice': { order: 'Purchase Order', parent: 'purchase_order', detail: 'po_detail', ...billed },
};

/** `Not Billed`, `Partly Billed`, `Fully Billed` */
const degree = (percent: number, done: string): string => `${percent <= 0 ? 'Not' : percent < 100 ? 'Partly' : 'Fully'} ${done}`;

/** Quantities, percentages and status of the orders that a document follows; their `modified` stays. `sign` -1 takes it back. */
export function updateOrders(context: Context, doc: Doc, sign: 1 | -1): void {
  const follow = follows[doc.doctype];
  if (follow === undefined) return;
  const { from, into } = follow;
  const rows = rowsOf(doc, 'items').filter((row) => text(row, follow.parent) !== '');
  for (const name of new Set(rows.map((row) => text(row, follow.parent)))) {
    const order = context.store.get(follow.order, name);
    if (order === undefined) continue;
    const items = rowsOf(order, 'items').map((item) => {
      const moved = rows.filter((row) => row[follow.detail] === item.name);
      return { ...item, [into]: money(number(item, into) + sign * sumOf(moved, from)) };
    });
    const done = items.reduce((sum, item) => sum + Math.min(number(item, into), number(item, from)), 0);
    const percent = round((done / (sumOf(items, from) || 1)) * 100, 2);
    const next: Doc = { ...order, items, [follow.percent]: percent };
    if (order.docstatus === 1) next['status'] = statusOf(next, context.clock.date());
    if (follow.order === 'Sales Order')
      Object.assign(
        next,
        from === 'qty' ? { delivery_status: degree(percent, 'Delivered') } : { billing_status: degree(percent, 'Billed') },
      );
    context.store.put(next);
  }
}

/** What is still owed on an invoice after a payment, and the status that follows from it. */
export function payInvoice(context: Context, doctype: string, name: string, amount: number): void {
  const invoice = context.store.get(doctype, name);
  if (invoice === undefined || !doctype.endsWith('Invoice')) return;
  const next: Doc = { ...invoice, outstanding_amount: money(number(invoice, 'outstanding_amount') - amount) };
  setSilently(context, next, { status: statusOf(next, context.clock.date()) });
}
