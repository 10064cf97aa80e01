import type { Workflow } from '@shared/erp/doctype';
import type { Doc } from '@shared/erp/document';
import { isRecord } from '@shared/erp/envelope';
import { makeCustomer, makeOrder } from './documents';
import type { Live } from './live';
import { rights } from './needs';

/** A new document under a workflow, and a step that the user may take with it. */
export type WorkflowSubject = { doc: Doc; workflow: Workflow; action: string; next: string };

/** Makes a document that is under a workflow; a sentence where that cannot be done on this site. */
export async function workflowSubject(server: Live): Promise<WorkflowSubject | string> {
  const makers: [string, () => Promise<Doc>][] = [
    ['Sales Order', () => makeOrder(server, 'Workflow')],
    ['Customer', () => makeCustomer(server, 'Workflow')],
  ];
  for (const [doctype, make] of makers) {
    if (typeof (await rights(server, doctype)) === 'string') continue;
    const { workflow } = (await server.bundle(doctype)).doctype;
    if (workflow === undefined) continue;
    const doc = await make();
    const { message } = await server.erp.call({
      account: server.account,
      http: 'GET',
      method: 'frappe.model.workflow.get_transitions',
      args: { doc: JSON.stringify(doc) },
    });
    const [first] = Array.isArray(message) ? message.filter(isRecord) : [];
    if (first === undefined) return `the workflow “${workflow.name}” offers this user nothing for a new document`;
    return { doc, workflow, action: String(first['action']), next: String(first['next_state']) };
  }
  return 'neither Sales Order nor Customer is under a workflow on this site';
}
