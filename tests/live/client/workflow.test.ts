import { expect } from 'vitest';
import type { Workflow } from '@shared/erp/doctype';
import type { Doc } from '@shared/erp/document';
import { isRecord } from '@shared/erp/envelope';
import { live } from '../case';
import { makeCustomer, makeOrder } from '../documents';
import type { Live } from '../live';
import { forOrders, may, rights } from '../needs';

type Subject = { workflow: Workflow; make: () => Promise<Doc> };

/** A DocType under a workflow of which this suite can make a document. */
async function subject(server: Live): Promise<Subject | string> {
  const makers: [string, () => Promise<Doc>][] = [
    ['Sales Order', () => makeOrder(server, 'Workflow')],
    ['Customer', () => makeCustomer(server, 'Workflow')],
  ];
  for (const [doctype, make] of makers) {
    if (typeof (await rights(server, doctype)) === 'string') continue;
    const { workflow } = (await server.bundle(doctype)).doctype;
    if (workflow !== undefined) return { workflow, make };
  }
  return 'neither Sales Order nor Customer is under a workflow on this site';
}

live('A workflow’s transitions are offered, and one is taken.', [...forOrders, may('Customer', 'write')], async (server, leaveOut) => {
  const { erp, account } = server;
  const found = await subject(server);
  if (typeof found === 'string') return leaveOut(found);
  const { workflow, make } = found;
  const doc = await make();
  const offered = await erp.call({
    account,
    http: 'GET',
    method: 'frappe.model.workflow.get_transitions',
    args: { doc: JSON.stringify(doc) },
  });
  const transitions = Array.isArray(offered.message) ? offered.message.filter(isRecord) : [];
  const [first] = transitions;
  if (first === undefined) return leaveOut(`the workflow “${workflow.name}” offers this user nothing for a new document`);
  expect(first['state']).toBe(doc[workflow.state_field]);
  const { message } = await erp.call({
    account,
    http: 'POST',
    method: 'frappe.model.workflow.apply_workflow',
    args: { doc: JSON.stringify(doc), action: first['action'] },
  });
  expect(message).toMatchObject({ name: doc.name, [workflow.state_field]: first['next_state'] });
  expect((await server.get(doc.doctype, doc.name))[workflow.state_field]).toBe(first['next_state']);
});
