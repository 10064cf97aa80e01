import { rowsOf, type Doc } from '@shared/erp/document';
import { setSilently, type Context, type Rules } from '../engine';
import { refusal } from '../errors';
import { number, text } from '../values';
import { updateOrders } from './follow-on';
import { moveStock } from './items';
import { masters } from './masters';
import { journalEntry, paymentEntry } from './payments';
import { statusOf } from './status';
import { stockEntry } from './stock-entry';
import { fillTransaction, type Kind } from './transactions';

/** A document with a party, items and totals; `stock` 1 takes goods in on submit, -1 gives them out. */
function transaction(kind: Kind, options: { check?: (context: Context, doc: Doc) => void; stock?: 1 | -1 } = {}): Rules {
  const move = (context: Context, doc: Doc, sign: 1 | -1): void => {
    const moves = options.stock !== undefined || number(doc, 'update_stock') === 1;
    if (moves)
      for (const row of rowsOf(doc, 'items'))
        moveStock(
          context,
          text(row, 'item_code'),
          text(row, 'warehouse'),
          sign * (options.stock ?? (kind.selling ? -1 : 1)) * number(row, 'stock_qty'),
          doc,
        );
    updateOrders(context, doc, sign);
  };
  return {
    validate(context, doc, before) {
      fillTransaction(context, doc, kind);
      options.check?.(context, doc);
      // A document that is submitted as it is created answers as a draft; the status follows behind it (create).
      doc['status'] = doc.docstatus === 1 && before !== undefined ? statusOf(doc, context.clock.date()) : 'Draft';
    },
    onSubmit(context, doc) {
      move(context, doc, 1);
      const stored = context.store.get(doc.doctype, doc.name);
      if (stored !== undefined) setSilently(context, stored, { status: statusOf({ ...stored, status: '' }, context.clock.date()) });
    },
    onCancel: (context, doc) => move(context, doc, -1),
  };
}

/** One purchase order of a customer's is ordered once. */
function oncePerPurchaseOrder(context: Context, doc: Doc): void {
  const [order, customer] = [text(doc, 'po_no'), text(doc, 'customer')];
  if (order === '') return;
  const other = context.store
    .by('Sales Order', 'po_no', order)
    .find((one) => one['customer'] === customer && one.name !== doc.name && (one.docstatus ?? 0) < 2);
  if (other === undefined) return;
  const message = `Sales Order <strong>${other.name}</strong> already exists against Customer's Purchase Order <strong>${order}</strong>. To allow multiple Sales Orders, Enable <strong>'Allow Multiple Sales Orders Against a Customer's Purchase Order'</strong> in <strong>Selling Settings</strong>`;
  throw refusal(message);
}

function warnExpenseHead(context: Context, doc: Doc): void {
  const company = context.store.get('Company', text(doc, 'company'));
  const account = company === undefined ? '' : text(company, 'stock_received_but_not_billed');
  if (account === '') return;
  rowsOf(doc, 'items').forEach((row, index) => {
    const item = context.store.get('Item', text(row, 'item_code'));
    if (item === undefined || !number(item, 'is_stock_item') || number(doc, 'update_stock') || row['expense_account'] === account) return;
    row['expense_account'] = account;
    context.messages.push({
      message: `Row ${index + 1}: Expense Head changed to <strong>${account}</strong> as no Purchase Receipt is created against Item <strong>${item.name}</strong>.<br>This is done to handle accounting for cases when Purchase Receipt is created after Purchase Invoice`,
      title: 'Expense Head Changed',
    });
  });
}

const orders = { date: 'transaction_date', schedule: true } as const;
const invoices = { date: 'posting_date', schedule: true, invoice: true } as const;

/** What ERPNext does for its DocTypes beyond their metadata. */
export const rules: { [doctype: string]: Rules | undefined } = {
  ...masters,
  Quotation: transaction({ ...orders, selling: true }),
  'Sales Order': transaction({ ...orders, selling: true, promised: 'delivery_date', warehouse: true }, { check: oncePerPurchaseOrder }),
  'Purchase Order': transaction({ ...orders, selling: false, promised: 'schedule_date', warehouse: true }),
  'Delivery Note': transaction({ date: 'posting_date', selling: true, warehouse: true }, { stock: -1 }),
  'Sales Invoice': transaction({ ...invoices, selling: true }),
  'Purchase Invoice': transaction({ ...invoices, selling: false }, { check: warnExpenseHead }),
  'Stock Entry': stockEntry,
  'Payment Entry': paymentEntry,
  'Journal Entry': journalEntry,
};
