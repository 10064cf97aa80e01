import type { Doc } from '@shared/erp/document';
import { number, text } from '../values';

function order(delivered: number, billed: number, deliver: string): string {
  if (delivered >= 100 && billed >= 100) return 'Completed';
  if (delivered >= 100) return 'To Bill';
  return billed >= 100 ? `To ${deliver}` : `To ${deliver} and Bill`;
}

function invoice(doc: Doc, today: string): string {
  const outstanding = number(doc, 'outstanding_amount');
  if (number(doc, 'is_return')) return 'Return';
  if (outstanding <= 0) return 'Paid';
  if (text(doc, 'due_date') < today) return 'Overdue';
  return outstanding < (number(doc, 'rounded_total') || number(doc, 'grand_total')) ? 'Partly Paid' : 'Unpaid';
}

/** The status of a submitted document, worked out of its own figures; `today` as YYYY-MM-DD in site time. */
export function statusOf(doc: Doc, today: string): string {
  if (text(doc, 'status') === 'Closed' || text(doc, 'status') === 'On Hold') return text(doc, 'status');
  switch (doc.doctype) {
    case 'Sales Order':
      return order(number(doc, 'per_delivered'), number(doc, 'per_billed'), 'Deliver');
    case 'Purchase Order':
      return order(number(doc, 'per_received'), number(doc, 'per_billed'), 'Receive');
    case 'Delivery Note':
      return number(doc, 'is_return') ? 'Return' : number(doc, 'per_billed') >= 100 ? 'Completed' : 'To Bill';
    case 'Quotation':
      return 'Open';
    case 'Sales Invoice':
    case 'Purchase Invoice':
      return invoice(doc, today);
    default:
      return 'Submitted';
  }
}
