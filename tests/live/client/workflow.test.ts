import { expect } from 'vitest';
import { live } from '../case';
import { forOrders, may } from '../needs';
import { workflowSubject } from '../workflow-subject';

live('A workflow’s transitions are offered, and one is taken.', [...forOrders, may('Customer', 'write')], async (server, leaveOut) => {
  const subject = await workflowSubject(server);
  if (typeof subject === 'string') return leaveOut(subject);
  const { doc, workflow, action, next } = subject;
  const known = workflow.transitions.filter((one) => one.state === doc[workflow.state_field]).map((one) => one.action);
  expect(known, 'what is offered is what the metadata says').toContain(action);
  const { message } = await server.erp.call({
    account: server.account,
    http: 'POST',
    method: 'frappe.model.workflow.apply_workflow',
    args: { doc: JSON.stringify(doc), action },
  });
  expect(message).toMatchObject({ name: doc.name, [workflow.state_field]: next });
  expect((await server.get(doc.doctype, doc.name))[workflow.state_field]).toBe(next);
});
