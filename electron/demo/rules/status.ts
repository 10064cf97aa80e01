import type { Doc } from '@shared/erp/document';
import { setSilently, type Engine } from '../engine/engine';
import { number, text } from '../engine/values';

/** What is still to do for an order; `deliver` is its word for handing over, `percent` where it keeps how far that is. */
const order = (deliver: string, percent: string) => (doc: Doc) => {
  const open = [...(number(doc, percent) < 100 ? [deliver] : []), ...(number(doc, 'per_billed') < 100 ? ['Bill'] : [])];
  return open.length === 0 ? 'Completed' : `To ${open.join(' and ')}`;
};

function invoice(doc: Doc, today: string): string {
  const outstanding = number(doc, 'outstanding_amount');
  if (number(doc, 'is_return')) return 'Return';
  if (outstanding <= 0) return 'Paid';
  if (text(doc, 'due_date') < today) return 'Overdue';
  return outstanding < (number(doc, 'rounded_total') || number(doc, 'grand_total')) ? 'Partly Paid' : 'Unpaid';
}

const statuses: { [doctype: string]: ((doc: Doc, today: string) => string) | undefined } = {
  'Sales Order': order('Deliver', 'per_delivered'),
  'Purchase Order': order('Receive', 'per_received'),
  'Delivery Note': (doc) => (number(doc, 'is_return') ? 'Return' : number(doc, 'per_billed') >= 100 ? 'Completed' : 'To Bill'),
  Quotation: () => 'Open',
  'Sales Invoice': invoice,
  'Purchase Invoice': invoice,
};

/** The status of a submitted document, worked out of its own figures; `today` as YYYY-MM-DD in site time. */
export const statusOf = (doc: Doc, today: string): string =>
  ['Closed', 'On Hold'].includes(text(doc, 'status')) ? text(doc, 'status') : (statuses[doc.doctype]?.(doc, today) ?? 'Submitted');

/** Once a day the server marks what fell due, without touching `modified`. */
export function markOverdue(engine: Engine, today: string): void {
  for (const doc of ['Sales Invoice', 'Purchase Invoice'].flatMap((doctype) => engine.store.all(doctype)))
    if (doc.docstatus === 1 && ['Unpaid', 'Partly Paid'].includes(text(doc, 'status')) && invoice(doc, today) === 'Overdue')
      setSilently(engine, doc, { status: 'Overdue' });
}
