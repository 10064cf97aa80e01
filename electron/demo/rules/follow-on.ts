import { rowsOf, type Doc } from '@shared/erp/document';
import { setSilently, type Context } from '../engine';
import { money, number, round, text } from '../values';
import { statusOf } from './status';

type Follow = {
  /** The DocType of the order, and the fields of a row that lead to it and to its row. */
  order: string;
  parent: string;
  detail: string;
  /** What of the row counts, and where the order's row and the order itself keep it. */
  from: 'qty' | 'amount';
  into: string;
  percent: string;
};

export const follows: { [doctype: string]: Follow | undefined } = {
  'Delivery Note': {
    order: 'Sales Order',
    parent: 'against_sales_order',
    detail: 'so_detail',
    from: 'qty',
    into: 'delivered_qty',
    percent: 'per_delivered',
  },
  'Sales Invoice': {
    order: 'Sales Order',
    parent: 'sales_order',
    detail: 'so_detail',
    from: 'amount',
    into: 'billed_amt',
    percent: 'per_billed',
  },
  'Purchase Invoice': {
    order: 'Purchase Order',
    parent: 'purchase_order',
    detail: 'po_detail',
    from: 'amount',
    into: 'billed_amt',
    percent: 'per_billed',
  },
};

const deliveryStatus = (percent: number): string =>
  percent <= 0 ? 'Not Delivered' : percent < 100 ? 'Partly Delivered' : 'Fully Delivered';
const billingStatus = (percent: number): string => (percent <= 0 ? 'Not Billed' : percent < 100 ? 'Partly Billed' : 'Fully Billed');

/** Quantities, percentages and status of the orders that a document follows; their `modified` stays. `sign` -1 takes it back. */
export function updateOrders(context: Context, doc: Doc, sign: 1 | -1): void {
  const follow = follows[doc.doctype];
  if (follow === undefined) return;
  const rows = rowsOf(doc, 'items').filter((row) => text(row, follow.parent) !== '');
  for (const name of new Set(rows.map((row) => text(row, follow.parent)))) {
    const order = context.store.get(follow.order, name);
    if (order === undefined) continue;
    const items = rowsOf(order, 'items').map((item) => {
      const moved = rows.filter((row) => row[follow.detail] === item.name).reduce((sum, row) => sum + number(row, follow.from), 0);
      return moved === 0 ? item : { ...item, [follow.into]: money(number(item, follow.into) + sign * moved) };
    });
    const whole = items.reduce((sum, item) => sum + number(item, follow.from), 0);
    const done = items.reduce((sum, item) => sum + Math.min(number(item, follow.into), number(item, follow.from)), 0);
    const percent = whole === 0 ? 0 : round((done / whole) * 100, 2);
    const next: Doc = { ...order, items, [follow.percent]: percent };
    const status = order.docstatus === 1 ? { status: statusOf(next, context.clock.date()) } : {};
    const detail =
      follow.order !== 'Sales Order'
        ? {}
        : follow.from === 'qty'
          ? { delivery_status: deliveryStatus(percent) }
          : { billing_status: billingStatus(percent) };
    setSilently(context, next, { ...status, ...detail });
  }
}

/** What is still owed on an invoice after a payment, and the status that follows from it. */
export function payInvoice(context: Context, doctype: string, name: string, amount: number): void {
  const invoice = context.store.get(doctype, name);
  if (invoice === undefined || !invoice.doctype.endsWith('Invoice')) return;
  const next: Doc = { ...invoice, outstanding_amount: money(number(invoice, 'outstanding_amount') - amount) };
  setSilently(context, next, { status: statusOf(next, context.clock.date()) });
}
