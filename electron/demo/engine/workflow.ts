import type { Workflow } from '@shared/erp/doctype';
import { rowsOf, type ChildRow, type Doc } from '@shared/erp/document';
import { load, transition } from './documents';
import { addInternal, metaOf, type Context } from './engine';
import { FrappeError } from './errors';
import type { Meta } from './metadata';
import { checkDocument } from './permissions';
import { number, text } from './values';

/** A saved Workflow becomes part of its DocType, with a field for the state where there is none. */
export function applyDefinition(context: Context, definition: Doc): void {
  const [target, field] = [text(definition, 'document_type'), text(definition, 'workflow_state_field')];
  if (!context.metadata.get(target)?.byName.has(field)) {
    const flags = { hidden: 1, allow_on_submit: 1, no_copy: 1 } as const;
    const state = { fieldname: field, label: 'Workflow State', fieldtype: 'Link', options: 'Workflow State', ...flags };
    context.metadata.change(target, (meta) => ({ ...meta, fields: [...meta.fields, state] }));
    context.messages.push({ message: `Created Custom Field ${field} in ${target}`, title: 'Message' });
  }
  const workflow: Workflow = {
    name: definition.name,
    state_field: field,
    states: rowsOf(definition, 'states').map((row) => {
      const status = (['0', '1', '2'] as const).find((one) => one === text(row, 'doc_status')) ?? '0';
      return { state: text(row, 'state'), allow_edit: text(row, 'allow_edit'), doc_status: status };
    }),
    transitions: rowsOf(definition, 'transitions').map((row) => ({
      ...{ state: text(row, 'state'), action: text(row, 'action') },
      ...{ next_state: text(row, 'next_state'), allowed: text(row, 'allowed') },
    })),
  };
  context.metadata.change(target, ({ workflow: _, ...rest }) => (number(definition, 'is_active') === 1 ? { ...rest, workflow } : rest));
}

/** A new document begins in the first state. */
export function startWorkflow({ workflow }: Meta, doc: Doc): void {
  if (workflow !== undefined) doc[workflow.state_field] ||= workflow.states[0]?.state;
}

/** The transitions that this user may take from where the document is, as rows of the Workflow. */
export function transitionsOf(context: Context, doc: Doc): ChildRow[] {
  const workflow = metaOf(context, doc.doctype).workflow;
  const definition = context.store.get('Workflow', workflow?.name ?? '');
  if (workflow === undefined || definition === undefined) return [];
  checkDocument(context, doc, 'read');
  const mine = (row: ChildRow): boolean => context.user === 'Administrator' || context.roles.has(text(row, 'allowed'));
  return rowsOf(definition, 'transitions').filter((row) => row['state'] === doc[workflow.state_field] && mine(row));
}

export function applyTransition(context: Context, doctype: string, name: string, action: string): Doc {
  const { workflow } = metaOf(context, doctype);
  const step = transitionsOf(context, load(context, doctype, name)).find((row) => row['action'] === action);
  if (step === undefined || workflow === undefined)
    throw new FrappeError('frappe.model.workflow.WorkflowTransitionError', 'Not a valid Workflow Action');
  const next = text(step, 'next_state');
  const status = Number(workflow.states.find(({ state }) => state === next)?.doc_status ?? 0);
  const saved = transition(context, doctype, name, status, { [workflow.state_field]: next });
  addInternal(context, 'Comment', { comment_type: 'Workflow', reference_doctype: doctype, reference_name: name, content: next });
  return saved;
}
