import { expect } from 'vitest';
import { live } from '../case';
import { openFieldDevice } from '../field-device';
import { forOrders, may } from '../needs';
import { workflowSubject } from '../workflow-subject';

live(
  'A workflow step taken offline is taken once, also when its answer was lost.',
  [...forOrders, may('Customer', 'write')],
  async (server, leaveOut) => {
    const subject = await workflowSubject(server);
    if (typeof subject === 'string') return leaveOut(subject);
    const { doc, workflow, action, next } = subject;
    const { doctype, name } = doc;
    const stateField = workflow.state_field;
    const device = await openFieldDevice(server, [{ doctype, filters: [['name', '=', name]] }]);
    device.goOffline();
    await device.record({ kind: 'workflow', doctype, name, action, stateField, fromState: String(doc[stateField]), toState: next });
    const steps = () => device.network.asked.filter(({ path }) => path.endsWith('apply_workflow')).length;
    device.network.loseAnswer(({ path }) => path.endsWith('apply_workflow'));
    device.goOnline();
    expect(await device.settled()).toEqual([]);
    expect([device.network.lost, steps()]).toEqual([1, 1]);
    expect((await server.get(doctype, name))[stateField]).toBe(next);
    expect(await device.doc(doctype, name)).toMatchObject({ [stateField]: next });
  },
);
