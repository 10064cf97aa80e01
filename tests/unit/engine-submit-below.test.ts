import { describe, expect, it } from 'vitest';
import { rowsOf } from '@shared/erp/document';
import { discard, listOutbox, resolve, undo } from '../../renderer/cache/outbox';
import { record } from '../../renderer/cache/record';
import { addRow, edit, goOffline, goOnline, placeOrder, shown, syncedDevice } from '../support/synced-device';

const doctype = 'Sales Order';

/** An order was edited and its submit asked for; the office changes the same field, and `more`, before both are sent. */
async function clashBelowSubmit(more: 'quantities' | 'nothing') {
  const { site, device } = await syncedDevice({ random: () => 0.99 });
  const { name } = placeOrder(site);
  device.engine.syncNow();
  await device.pass(5_000);
  goOffline(device);
  await edit(device, doctype, name, { po_no: 'mine' });
  const total = (await shown(device, doctype, name))['grand_total'];
  await record(device.ports, { kind: 'submit', doctype, name });
  const items = rowsOf(site.document(doctype, name) ?? {}, 'items').map((row) => ({ ...row, qty: Number(row['qty']) * 100 }));
  site.as('office@example.com').update(doctype, name, { po_no: 'theirs', ...(more === 'quantities' ? { items } : {}) });
  await goOnline(device);
  const [conflict] = await listOutbox(device.cache);
  expect(conflict?.state).toMatchObject({ at: 'parked', problem: { kind: 'conflict', clashes: [{ path: { fieldname: 'po_no' } }] } });
  const goOn = async (): Promise<void> => {
    device.engine.handle({ kind: 'saved' });
    await device.pass(60_000);
  };
  return { site, device, name, total, conflict: conflict?.id ?? '', goOn };
}

const takeTheirs = { kind: 'conflict' as const, choices: [{ path: { fieldname: 'po_no' }, take: 'theirs' as const }] };

const unseenQuantities = {
  operation: { kind: 'submit' },
  state: { at: 'parked', problem: { kind: 'changed-before-submit', theirs: { po_no: 'theirs' } } },
};

describe('a submit behind an edit that clashed', () => {
  it('waits for its person where they took the other side, and more than that had changed', async () => {
    const { site, device, name, total, conflict, goOn } = await clashBelowSubmit('quantities');
    await resolve(device.ports, conflict, takeTheirs);
    await goOn();
    expect(site.document(doctype, name)?.docstatus).toBe(0);
    const [submit] = await listOutbox(device.cache);
    expect(submit).toMatchObject(unseenQuantities);
    const { state } = submit ?? {};
    const differences = state?.at === 'parked' && state.problem.kind === 'changed-before-submit' ? state.problem.differences : [];
    expect(differences).toContainEqual(expect.objectContaining({ path: { fieldname: 'grand_total' }, mine: total }));
    expect(differences).not.toContainEqual(expect.objectContaining({ path: { fieldname: 'po_no' } }));

    await resolve(device.ports, submit?.id ?? '', { kind: 'submit-anyway' });
    await goOn();
    expect(site.document(doctype, name)?.docstatus).toBe(1);
    expect(await listOutbox(device.cache)).toEqual([]);
  });

  it('waits for its person where they gave the edit up', async () => {
    const { site, device, name, conflict, goOn } = await clashBelowSubmit('quantities');
    await discard(device.ports, conflict);
    await goOn();
    expect(site.document(doctype, name)?.docstatus).toBe(0);
    expect(await listOutbox(device.cache)).toMatchObject([unseenQuantities]);
  });

  it('goes on where they saw all that is there by now', async () => {
    const { site, device, name, conflict, goOn } = await clashBelowSubmit('nothing');
    await resolve(device.ports, conflict, takeTheirs);
    await goOn();
    expect(await listOutbox(device.cache)).toEqual([]);
    expect(site.document(doctype, name)).toMatchObject({ docstatus: 1, po_no: 'theirs' });
  });

  it('does not ask again for the side that was chosen, where another clash was decided the other way', async () => {
    const { site, device } = await syncedDevice({ random: () => 0.99 });
    const { name } = placeOrder(site);
    device.engine.syncNow();
    await device.pass(5_000);
    goOffline(device);
    await edit(device, doctype, name, { po_no: 'mine', terms: 'mine' });
    await record(device.ports, { kind: 'submit', doctype, name });
    site.as('office@example.com').update(doctype, name, { po_no: 'theirs', terms: 'theirs' });
    await goOnline(device);
    const [conflict] = await listOutbox(device.cache);
    await resolve(device.ports, conflict?.id ?? '', {
      kind: 'conflict',
      choices: [
        { path: { fieldname: 'po_no' }, take: 'theirs' },
        { path: { fieldname: 'terms' }, take: 'mine' },
      ],
    });
    device.engine.handle({ kind: 'saved' });
    await device.pass(60_000);
    expect(await listOutbox(device.cache)).toEqual([]);
    expect(site.document(doctype, name)).toMatchObject({ docstatus: 1, po_no: 'theirs', terms: 'mine' });
  });
});

it('a submit waits for its person where the edit below it was taken back', async () => {
  const { site, device } = await syncedDevice({ random: () => 0.99 });
  const { name } = placeOrder(site);
  device.engine.syncNow();
  await device.pass(5_000);
  goOffline(device);
  await edit(device, doctype, name, { po_no: 'typed and seen' });
  await record(device.ports, { kind: 'submit', doctype, name });
  const [update] = await listOutbox(device.cache);
  await undo(device.ports, update?.id ?? '');
  await goOnline(device, 60_000);
  expect(site.document(doctype, name)?.docstatus).toBe(0);
  expect(await listOutbox(device.cache)).toMatchObject([
    {
      operation: { kind: 'submit' },
      state: { problem: { kind: 'changed-before-submit', differences: [{ path: { fieldname: 'po_no' }, mine: 'typed and seen' }] } },
    },
  ]);
});

/** Without a connection, with an order of two rows. */
async function offlineWithTwoRows() {
  const { site, device } = await syncedDevice({ random: () => 0.99 });
  const placed = placeOrder(site);
  const [first] = rowsOf(placed, 'items');
  const { name } = placed;
  site.as('field@example.com').update(doctype, name, { items: [...rowsOf(placed, 'items'), { ...first, name: '', qty: 7 }] });
  device.engine.syncNow();
  await device.pass(5_000);
  goOffline(device);
  return { site, device, name };
}

it('rows that were moved wait for their person where the document was submitted meanwhile', async () => {
  const { site, device, name } = await offlineWithTwoRows();
  await edit(device, doctype, name, { items: rowsOf(await shown(device, doctype, name), 'items').toReversed() });
  site.as('office@example.com').update(doctype, name, { docstatus: 1 });
  await goOnline(device);
  expect(await listOutbox(device.cache)).toMatchObject([
    { state: { at: 'parked', problem: { kind: 'conflict', clashes: [{ path: { fieldname: 'items' }, row: 'order' }] } } },
  ]);
});

it('a submit waits for its person where the edit below it only moved rows, and was taken back', async () => {
  const { site, device, name } = await offlineWithTwoRows();
  const before = rowsOf(await shown(device, doctype, name), 'items');
  await edit(device, doctype, name, { items: before.toReversed() });
  await record(device.ports, { kind: 'submit', doctype, name });
  const [update] = await listOutbox(device.cache);
  await undo(device.ports, update?.id ?? '');
  await goOnline(device, 60_000);
  expect(site.document(doctype, name)?.docstatus).toBe(0);
  const numbers = before.map((_, position) => position + 1);
  const [saw, is] = [numbers.join(', '), numbers.toReversed().join(', ')];
  expect(await listOutbox(device.cache)).toMatchObject([
    {
      operation: { kind: 'submit' },
      state: {
        problem: {
          kind: 'changed-before-submit',
          differences: expect.arrayContaining([
            expect.objectContaining({ path: { fieldname: 'items' }, row: 'order', mine: saw, theirs: is }),
          ]) as unknown,
        },
      },
    },
  ]);
});

it('a submit behind a row that was taken back tells the row as one that was added here', async () => {
  const { site, device } = await syncedDevice({ random: () => 0.99 });
  const { name } = placeOrder(site);
  device.engine.syncNow();
  await device.pass(5_000);
  goOffline(device);
  const added = await addRow(device, name, {});
  await record(device.ports, { kind: 'submit', doctype, name });
  const [change] = await listOutbox(device.cache);
  await undo(device.ports, change?.id ?? '');

  const [submit] = await listOutbox(device.cache);
  expect(submit).toMatchObject({
    operation: { kind: 'submit' },
    state: {
      problem: { differences: expect.arrayContaining([expect.objectContaining({ mine: added, theirs: null, row: 'added-here' })]) },
    },
  });
});
