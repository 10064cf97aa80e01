import type { DocType } from '@shared/erp/doctype';
import type { DocumentValues } from '@shared/erp/document';
import type { Tone } from './tone';

/** A status as a list shows it. `key`: one of our own words (messages `status.*`); otherwise the server's, untranslated. */
export type Status = { tone: Tone } & ({ key: 'draft' | 'submitted' | 'cancelled' | 'enabled' | 'disabled' } | { text: string });

/** Colours that Frappe names in a DocType's `states`, as our tones. */
const stateColours: Readonly<Record<string, Tone>> = {
  red: 'bad',
  orange: 'warn',
  yellow: 'warn',
  green: 'ok',
  blue: 'primary',
  'light-blue': 'primary',
  cyan: 'primary',
  purple: 'purple',
  pink: 'purple',
  gray: 'grey',
  grey: 'grey',
  darkgrey: 'grey',
};

const tones: readonly (readonly [pattern: RegExp, tone: Tone])[] = [
  [/^(draft|overdue|expired|lost|rejected|failed|stopped|on credit hold)/i, 'bad'],
  [/^(overdue and discounted)/i, 'bad'],
  [
    /^(to (deliver|bill|receive|pay|produce)|unpaid|on hold|hold|partly|partially|pending|replied|in progress|in process|not started)/i,
    'warn',
  ],
  [/^(completed|paid|enabled|active|delivered|received|ordered|converted|approved|accepted|closed won|settled|fulfilled)/i, 'ok'],
  [/^(cancelled|closed|disabled|return|credit note issued|debit note issued|inactive|internal transfer|left)/i, 'grey'],
  [/^(submitted|open|lead|opportunity|quotation|interested)/i, 'primary'],
];

/** The tone of a status word, as ERPNext colours it; the DocType's own states win. */
export function statusTone(status: string, states: DocType['states']): Tone {
  const own = states?.find((state) => state.title.toLowerCase() === status.toLowerCase())?.color;
  if (own) return stateColours[own.toLowerCase().replace(' ', '-')] ?? 'grey';
  return tones.find(([pattern]) => pattern.test(status))?.[1] ?? 'grey';
}

/**
 * What a document's badge says: a draft or cancelled one of a submittable DocType by its docstatus, else the workflow state
 * or `status` field, else docstatus, else enabled or disabled; null where the DocType has none of them.
 */
export function statusOf(doc: DocumentValues, doctype: DocType | undefined): Status | null {
  const states = doctype?.states;
  const text = (fieldname: string): string | null => {
    const value = doc[fieldname];
    return typeof value === 'string' && value !== '' ? value : null;
  };
  const workflowState = doctype?.workflow ? text(doctype.workflow.state_field) : null;
  if (workflowState !== null) return { text: workflowState, tone: statusTone(workflowState, states) };

  const submittable = doctype?.is_submittable === 1;
  if (submittable && doc['docstatus'] === 2) return { key: 'cancelled', tone: 'grey' };
  if (submittable && (doc['docstatus'] ?? 0) === 0) return { key: 'draft', tone: 'bad' };

  const status = text('status');
  if (status !== null) return { text: status, tone: statusTone(status, states) };
  if (submittable) return { key: 'submitted', tone: 'primary' };

  const has = (fieldname: string): boolean => doctype?.fields.some((field) => field.fieldname === fieldname) ?? false;
  if (has('disabled')) return doc['disabled'] === 1 ? { key: 'disabled', tone: 'grey' } : { key: 'enabled', tone: 'ok' };
  if (has('enabled')) return doc['enabled'] === 1 ? { key: 'enabled', tone: 'ok' } : { key: 'disabled', tone: 'grey' };
  return null;
}

/** Can a document of this DocType have a badge at all? */
export const canHaveStatus = (doctype: DocType): boolean =>
  doctype.is_submittable === 1 ||
  doctype.workflow !== undefined ||
  doctype.fields.some((field) => ['status', 'disabled', 'enabled'].includes(field.fieldname));

/** The field whose values are a DocType's states, where it has one: of its workflow, else `status`. */
export const stateFieldOf = ({ workflow, fields }: DocType): string | null =>
  workflow?.state_field ?? (fields.some(({ fieldname }) => fieldname === 'status') ? 'status' : null);
