import { describe, expect, it } from 'vitest';
import { discard, listOutbox } from '../../renderer/cache/outbox';
import { record } from '../../renderer/cache/record';
import type { Change } from '../../renderer/cache/record';
import { smallSite, template, workflowField } from '../simulation/company';
import { once } from '../support/faults-schedule';
import { goOffline, goOnline, syncedDevice } from '../support/synced-device';
import { VirtualTime } from '../support/virtual-time';

const apply = { method: 'POST', path: '/api/method/frappe.model.workflow.apply_workflow' };

/** A device that is offline, and a customer in the first state of the workflow. */
async function withCustomer() {
  const time = new VirtualTime();
  const setup = { unique: false, workflow: true };
  const synced = await syncedDevice({ time, site: smallSite(await template(setup), setup, time) });
  const { site, device } = synced;
  const values = { customer_name: 'Harbour Ltd', customer_type: 'Company' };
  const { name } = site.as('field@example.com').insert('Customer', values);
  device.engine.syncNow();
  await device.settle();
  goOffline(device);
  const step = (fromState: string, toState: string): Change => ({
    ...{ kind: 'workflow', doctype: 'Customer', name, action: `To ${toState}`, stateField: workflowField, fromState, toState },
    beheld: site.document('Customer', name)?.modified ?? null,
  });
  const take = async (fromState: string, toState: string) => (await record(device.ports, step(fromState, toState))).entry ?? '';
  return { ...synced, take, state: () => site.document('Customer', name)?.[workflowField] };
}

describe('steps of a workflow that were taken one after the other, offline', () => {
  it('are taken in their order on the server, each once, also where an answer is lost', async () => {
    const { device, network, take, state } = await withCustomer();
    await take('New', 'Checked');
    await take('Checked', 'Approved');
    network.now = once(apply, { kind: 'drop-answer' });
    await goOnline(device, 15 * 60_000);
    expect(await listOutbox(device.cache)).toEqual([]);
    expect(state()).toBe('Approved');
    expect((await device.cache.receipts.toArray()).map(({ kind }) => kind)).toEqual(['workflow', 'workflow']);
  });

  it('begin where the one before leads, and never behind one that needs a person', async () => {
    const { site, device, take } = await withCustomer();
    await expect(take('Checked', 'Approved').then(() => take('New', 'Checked'))).rejects.toMatchObject({ code: 'refused' });
    const [first] = await listOutbox(device.cache);
    await discard(device.ports, first?.id ?? '');

    await take('New', 'Checked');
    const [customer] = site.documents('Customer').filter(({ customer_name: called }) => called === 'Harbour Ltd');
    site.setSilently('Customer', customer?.name ?? '', { [workflowField]: 'Closed' });
    await goOnline(device, 1000);
    expect(await listOutbox(device.cache)).toMatchObject([{ state: { at: 'parked', problem: { kind: 'refused' } } }]);
    await expect(take('Checked', 'Approved')).rejects.toMatchObject({ code: 'refused' });
  });

  it('wait for a person where the one before was taken back', async () => {
    const { device, take, state } = await withCustomer();
    const first = await take('New', 'Checked');
    await take('Checked', 'Approved');
    await discard(device.ports, first);
    await goOnline(device, 1000);
    const [left] = await listOutbox(device.cache);
    expect(left?.state).toMatchObject({
      at: 'parked',
      problem: { message: expect.stringMatching(/meant for the state “Checked”.*in “New”/) as string },
    });
    expect(state()).toBe('New');
  });
});
