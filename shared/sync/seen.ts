import type { Doc, FieldValue } from '../erp/document';
import { scalar } from './changes';
import { isEmpty } from './frappe-equal';
import type { OutboxEntry } from './outbox-entry';
import { withoutPostingSwitch } from './posting-time';

/** The amounts at the foot of a document that a person looks at before submitting. */
const totals = [
  'grand_total',
  'rounded_total',
  'net_total',
  'total',
  'total_qty',
  'paid_amount',
  'received_amount',
  'total_debit',
  'total_credit',
  'total_outgoing_value',
  'total_incoming_value',
];

/**
 * What must stand when a document is submitted later: what the person typed into it and has not sent yet, and the
 * totals that they saw. A total that nobody has computed yet was not seen.
 */
export function seenBefore(doc: Doc, entries: OutboxEntry[]): Record<string, FieldValue> {
  const seen: Record<string, FieldValue> = {};
  for (const { operation } of entries) {
    if (operation.kind === 'create') Object.assign(seen, scalars(withoutPostingSwitch(operation.values)));
    if (operation.kind === 'update') Object.assign(seen, operation.changes.fields);
  }
  for (const total of totals) {
    const value = scalar(doc, total);
    if (value !== undefined && !isEmpty(value)) seen[total] = value;
  }
  delete seen['name'];
  return seen;
}

function scalars(values: Record<string, unknown>): Record<string, FieldValue> {
  // What is neither rows nor absent is a value of a field.
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && !Array.isArray(value))) as Record<
    string,
    FieldValue
  >;
}
