import { rowsOf, type Doc } from '@shared/erp/document';
import type { Context, Rules } from '../engine/engine';
import { refusal } from '../engine/errors';
import { number, text } from '../engine/values';
import { masters } from './masters';
import { payments } from './payments';
import { stockEntry } from './stock-entry';
import { transaction } from './transactions';

/** One purchase order of a customer's is ordered once. */
function oncePerPurchaseOrder(context: Context, doc: Doc): void {
  const order = text(doc, 'po_no');
  if (order === '') return;
  const other = context.store
    .by('Sales Order', 'po_no', order)
    .find((one) => one['customer'] === doc['customer'] && one.name !== doc.name && (one.docstatus ?? 0) < 2);
  if (other === undefined) return;
  const allow = `To allow multiple Sales Orders, Enable <strong>'Allow Multiple Sales Orders Against a Customer's Purchase Order'</strong>`;
  throw refusal(
    `Sales Order <strong>${other.name}</strong> already exists against Customer's Purchase Order <strong>${order}</strong>. ${allow} in <strong>Selling Settings</strong>`,
  );
}

/** Goods billed before they are received wait on an account of their own. */
function warnExpenseHead(context: Context, doc: Doc): void {
  const account = text(context.store.get('Company', text(doc, 'company')), 'stock_received_but_not_billed');
  if (account === '' || number(doc, 'update_stock')) return;
  for (const [index, row] of rowsOf(doc, 'items').entries()) {
    const item = context.store.get('Item', text(row, 'item_code'));
    if (item === undefined || !number(item, 'is_stock_item') || row['expense_account'] === account) continue;
    row['expense_account'] = account;
    const message = `Row ${index + 1}: Expense Head changed to <strong>${account}</strong> as no Purchase Receipt is created against Item <strong>${item.name}</strong>.`;
    context.messages.push({ message, title: 'Expense Head Changed' });
  }
}

/** What ERPNext does for its DocTypes beyond their metadata. */
export const rules: { [doctype: string]: Rules | undefined } = {
  ...masters,
  ...transaction('Quotation', true),
  ...transaction('Sales Order', true, oncePerPurchaseOrder),
  ...transaction('Purchase Order', false),
  ...transaction('Delivery Note', true),
  ...transaction('Sales Invoice', true),
  ...transaction('Purchase Invoice', false, warnExpenseHead),
  ...stockEntry,
  ...payments,
};
