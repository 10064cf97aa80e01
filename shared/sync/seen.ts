import type { DocTypeBundle } from '../erp/doctype';
import type { Doc, FieldValue } from '../erp/document';
import { scalar } from './changes';
import { everyDifference } from './differences';
import { isEmpty } from './frappe-equal';
import type { CellPath, Clash, OutboxEntry } from './outbox-entry';
import { withoutPostingSwitch } from './posting-time';
import { samePath } from './resolve-clashes';

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

/** What the other side of a clash showed to its person, who did not insist on their own. */
export const shownOfTheirs = (clashes: Clash[], choices: { path: CellPath; take: 'mine' | 'theirs' }[]): Clash[] =>
  clashes.filter(({ path }) => !choices.some((choice) => choice.take === 'mine' && samePath(choice.path, path)));

/** Where the document is not what its person saw when they asked for a submit; `shown`: what they have seen of it since. */
export const unseen = (saw: Doc, now: Doc, shown: Clash[], bundle?: DocTypeBundle): Clash[] =>
  everyDifference(saw, now, bundle).filter((difference) => !shown.some((clash) => covers(clash, difference)));

/** A clash about a whole row shows the row, whatever cell stands for it. */
const covers = (clash: Clash, { path }: Clash): boolean =>
  samePath(clash.path, path) ||
  (clash.row !== undefined && 'table' in path && 'table' in clash.path && clash.path.table === path.table && clash.path.row === path.row);

/** The values that must stand, once their person has seen the other side of some of them. */
export const seenSince = (seen: Record<string, FieldValue>, shown: Clash[]): Record<string, FieldValue> => ({
  ...seen,
  ...Object.fromEntries(
    shown.flatMap(({ path, theirs }) => ('table' in path || !(path.fieldname in seen) ? [] : [[path.fieldname, theirs ?? null]])),
  ),
});

function scalars(values: Record<string, unknown>): Record<string, FieldValue> {
  // What is neither rows nor absent is a value of a field.
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && !Array.isArray(value))) as Record<
    string,
    FieldValue
  >;
}
