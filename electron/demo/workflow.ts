import type { ChildRow, Doc } from '@shared/erp/document';
import { rowsOf } from '@shared/erp/document';
import { addInternal, load, transition } from './documents';
import { metaOf, type Context } from './engine';
import { thrown } from './errors';
import type { Meta } from './metadata';
import { checkDocument } from './permissions';
import { number, text } from './values';

/** A saved Workflow becomes part of its DocType, with a field for the state where there is none. */
export function applyDefinition(context: Context, definition: Doc): void {
  const target = text(definition, 'document_type');
  const field = text(definition, 'workflow_state_field');
  const active = number(definition, 'is_active') === 1;
  if (!context.metadata.get(target)?.byName.has(field)) {
    context.metadata.addField(target, {
      fieldname: field,
      label: 'Workflow State',
      fieldtype: 'Link',
      options: 'Workflow State',
      hidden: 1,
      allow_on_submit: 1,
      no_copy: 1,
    });
    context.messages.push({ message: `Created Custom Field ${field} in ${target}`, title: 'Message' });
  }
  context.metadata.setWorkflow(
    target,
    active
      ? {
          name: definition.name,
          state_field: field,
          states: rowsOf(definition, 'states').map((row) => ({
            state: text(row, 'state'),
            doc_status: docStatus(row),
            allow_edit: text(row, 'allow_edit'),
          })),
          transitions: rowsOf(definition, 'transitions').map((row) => ({
            state: text(row, 'state'),
            action: text(row, 'action'),
            next_state: text(row, 'next_state'),
            allowed: text(row, 'allowed'),
          })),
        }
      : undefined,
  );
}

const docStatus = (row: ChildRow): '0' | '1' | '2' => {
  const status = text(row, 'doc_status');
  return status === '1' || status === '2' ? status : '0';
};

/** A new document begins in the first state. */
export function startWorkflow(meta: Meta, doc: Doc): void {
  if (meta.workflow !== undefined && text(doc, meta.workflow.state_field) === '')
    doc[meta.workflow.state_field] = meta.workflow.states[0]?.state ?? '';
}

/** The transitions that this user may take from where the document is, as rows of the Workflow. */
export function transitionsOf(context: Context, doc: Doc): ChildRow[] {
  const workflow = metaOf(context, doc.doctype).workflow;
  const definition = workflow === undefined ? undefined : context.store.get('Workflow', workflow.name);
  if (workflow === undefined || definition === undefined) return [];
  checkDocument(context, doc, 'read');
  const state = text(doc, workflow.state_field);
  return rowsOf(definition, 'transitions').filter(
    (row) => row['state'] === state && (context.user === 'Administrator' || context.roles.has(text(row, 'allowed'))),
  );
}

export function applyTransition(context: Context, sent: { doctype: string; name: string }, action: string): Doc {
  const before = load(context, sent.doctype, sent.name);
  const meta = metaOf(context, sent.doctype);
  const step = transitionsOf(context, before).find((row) => row['action'] === action);
  if (step === undefined || meta.workflow === undefined)
    throw thrown('WorkflowTransitionError', 'Not a valid Workflow Action', { module: 'frappe.model.workflow' });
  const next = text(step, 'next_state');
  const status = Number(meta.workflow.states.find(({ state }) => state === next)?.doc_status ?? 0);
  const saved = transition(context, sent.doctype, sent.name, status, { [meta.workflow.state_field]: next });
  addInternal(context, 'Comment', {
    comment_type: 'Workflow',
    reference_doctype: saved.doctype,
    reference_name: saved.name,
    content: next,
  });
  return saved;
}
