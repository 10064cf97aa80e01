import type { DocType, Workflow } from '../erp/doctype';
import type { DocumentValues } from '../erp/document';
import { docstatus } from '../erp/document';
import type { Rights } from '../erp/permissions';
import type { EntryState, OperationKind } from '../sync/outbox-entry';

/** A step that becomes an entry of the outbox. */
export type LifeAction =
  { kind: 'submit' | 'cancel' | 'delete' } | { kind: 'workflow'; action: string; stateField: string; fromState: string; toState: string };

export type FormAction = LifeAction | { kind: 'save' | 'amend' | 'duplicate' | 'print' | 'undo' };

/** Why a button is shown but cannot be used now (a message key below `document.blocked`). */
export type Blocked = 'saveFirst' | 'sending';

export type FormButton = { action: FormAction; blocked: Blocked | null };

/** The one prominent button, and the rest, which stand under "More". */
export type FormButtons = { primary: FormButton | null; more: FormButton[] };

export type FormStanding = {
  doctype: DocType;
  values: DocumentValues;
  rights: Rights;
  roles: readonly string[];
  isNew: boolean;
  /** There is typing that was not saved. */
  dirty: boolean;
  /** What waits to be sent for this document, oldest first. */
  unsent: readonly Unsent[];
};

/** `toState`: where a workflow action leads. */
export type Unsent = { kind: OperationKind; at: EntryState['at']; toState?: string };

/** Operations after which nothing more can be typed until they were sent or taken back. */
const closing: ReadonlySet<OperationKind> = new Set(['submit', 'cancel', 'delete', 'workflow']);

const takenBack: ReadonlySet<EntryState['at']> = new Set(['queued', 'waiting', 'parked']);

/** Does a waiting step close the form to edits? */
export const isClosed = ({ unsent, values, doctype, roles }: Pick<FormStanding, 'unsent' | 'values' | 'doctype' | 'roles'>): boolean =>
  unsent.some(({ kind }) => closing.has(kind)) || !mayEditInState(doctype.workflow, values, roles);

/** A workflow lets only one role edit in each of its states. */
function mayEditInState(workflow: Workflow | undefined, values: DocumentValues, roles: readonly string[]): boolean {
  if (workflow === undefined) return true;
  const state = workflow.states.find((each) => each.state === values[workflow.state_field]);
  return state === undefined || state.allow_edit === 'All' || roles.includes(state.allow_edit);
}

/** Which buttons a form has, as ERPNext's desk shows them: by docstatus, permissions, workflow and what is still unsent. */
export function formButtons(standing: FormStanding): FormButtons {
  const { doctype, values, rights, isNew, dirty } = standing;
  const status = typeof values['docstatus'] === 'number' ? values['docstatus'] : docstatus.draft;
  const closed = isClosed(standing);
  const moving = standing.unsent.some(({ at }) => at === 'sending' || at === 'uncertain');
  const mayWrite = isNew ? rights.create : rights.write;
  const save: FormButton = { action: { kind: 'save' }, blocked: null };
  const more: FormButton[] = [];
  let primary: FormButton | null = null;

  const step = (action: FormAction): FormButton => ({ action, blocked: dirty ? 'saveFirst' : null });
  if (isNew) primary = mayWrite ? save : null;
  else if (dirty && mayWrite && !closed && status !== docstatus.cancelled) primary = save;

  if (!isNew) {
    const [first, ...rest] = nextSteps(standing, status).map(step);
    if (primary === null && first !== undefined && (first.action.kind === 'submit' || first.action.kind === 'workflow')) {
      primary = first;
      more.push(...rest);
    } else if (first !== undefined) more.push(first, ...rest);
  }
  if (!isNew && rights.amend && rights.create && mayAmend(status, closed, standing.unsent)) {
    const amend: FormButton = { action: { kind: 'amend' }, blocked: null };
    if (primary === null) primary = amend;
    else more.push(amend);
  }
  const last = standing.unsent.at(-1);
  if (last !== undefined) more.push({ action: { kind: 'undo' }, blocked: takenBack.has(last.at) ? null : 'sending' });
  if (!isNew && rights.print) more.push(step({ kind: 'print' }));
  if (!isNew && rights.create && doctype.issingle !== 1) more.push({ action: { kind: 'duplicate' }, blocked: null });
  if (!isNew && rights.delete && status !== docstatus.submitted && doctype.issingle !== 1 && !closed)
    more.push({ action: { kind: 'delete' }, blocked: moving ? 'sending' : null });
  return { primary, more };
}

/**
 * A cancelled document, and one whose cancellation is still unsent: the amendment waits for that. A cancellation that the
 * server refused leaves nothing to amend.
 */
const mayAmend = (status: number, closed: boolean, unsent: FormStanding['unsent']): boolean =>
  status === docstatus.submitted
    ? unsent.some(({ kind, at }) => kind === 'cancel' && at !== 'parked')
    : status === docstatus.cancelled && !closed;

/**
 * What leads on from here. A workflow's steps may follow each other unsent, unless one of them needs a person; they are
 * offered where the state forbids to edit, too.
 */
function nextSteps({ doctype: { workflow }, values, rights, roles, unsent }: FormStanding, status: number): FormAction[] {
  const ends = unsent.filter(({ kind }) => closing.has(kind));
  if (workflow === undefined) return ends.length > 0 ? [] : lifeSteps(status, rights);
  if (ends.some(({ kind, at }) => kind !== 'workflow' || at === 'parked')) return [];
  return workflowSteps(workflow, ends.at(-1)?.toState ?? values[workflow.state_field], roles);
}

function lifeSteps(status: number, rights: Rights): FormAction[] {
  if (status === docstatus.draft && rights.submit) return [{ kind: 'submit' }];
  if (status === docstatus.submitted && rights.cancel) return [{ kind: 'cancel' }];
  return [];
}

/** Transitions out of a state for the person's roles. Their conditions are Python: the server judges those. */
function workflowSteps(workflow: Workflow, state: DocumentValues[string], roles: readonly string[]): FormAction[] {
  return workflow.transitions
    .filter((transition) => transition.state === state && (transition.allowed === 'All' || roles.includes(transition.allowed)))
    .map((transition) => ({
      kind: 'workflow',
      action: transition.action,
      stateField: workflow.state_field,
      fromState: transition.state,
      toState: transition.next_state,
    }));
}
