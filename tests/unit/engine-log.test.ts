import { expect, test } from 'vitest';
import { rowsOf } from '@shared/erp/document';
import { listOutbox, resolve, retry, undo } from '../../renderer/cache/outbox';
import { record } from '../../renderer/cache/record';
import { orderValues } from '../simulation/company';
import type { Device } from '../support/device';
import type { Fault } from '../support/faults';
import { calm, once, together } from '../support/faults-schedule';
import { edit, goOffline, goOnline, placeOrder, shown, syncedDevice } from '../support/synced-device';

const doctype = 'Sales Order';
const synced = () => syncedDevice({ random: () => 0.99 });

/** The decisions about entries of a kind, in their order, without the ids that tie them together. */
const decisions = (device: Device, entry: string): string[] =>
  device.logged.flatMap((line) => (line.startsWith(`info ${entry} `) ? [line.replace(/^.*? [0-9a-f]{8}: /, '')] : []));

const lines = (device: Device, start: string): string[] => device.logged.filter((line) => line.startsWith(`info ${start}`));

async function offlineOrder(fault: Fault) {
  const { site, device, network } = await synced();
  goOffline(device);
  await record(device.ports, { kind: 'create', doctype, values: orderValues(site, 0) });
  network.now = once({ method: 'POST', path: `/api/resource/${doctype}` }, fault);
  await goOnline(device, 10 * 60_000);
  expect(await listOutbox(device.cache)).toEqual([]);
  return device;
}

test('a create whose answer was lost: how it was marked, that it is in doubt and why, and by what it was found', async () => {
  const device = await offlineOrder({ kind: 'drop-answer' });
  expect(decisions(device, `create ${doctype}`)).toEqual([
    'marked by a negative idx',
    'uncertain: lost',
    'looked for by a negative idx: done',
  ]);
});

test('a create that never arrived: the looks in vain are one line, and what follows from them another', async () => {
  const device = await offlineOrder({ kind: 'drop-request' });
  expect(decisions(device, `create ${doctype}`)).toEqual([
    'marked by a negative idx',
    'uncertain: lost',
    'looked for by a negative idx: not there, which does not count yet',
    'looked for by a negative idx: not done, sent again',
    'done',
  ]);
});

const inWords: Fault = {
  kind: 'between',
  answer: async () =>
    Response.json(
      {
        exc_type: 'MandatoryError',
        exception: 'frappe.exceptions.MandatoryError: [Customer, Harbour Light]: website',
        _server_messages: JSON.stringify([JSON.stringify({ message: 'Harbour Light lacks Website' })]),
      },
      { status: 417 },
    ),
};

test('a refusal: its status and class, and not what the server says of the document; then what its person did about it', async () => {
  const { site, device, network } = await synced();
  const name = site.documents('Customer')[0]?.name ?? '';
  goOffline(device);
  await edit(device, 'Customer', name, { website: 'first.example' });
  await edit(device, 'Customer', name, { website: 'second.example' });
  network.now = once({ method: 'PUT' }, inWords);
  await goOnline(device);
  const [entry] = await listOutbox(device.cache);
  await retry(device.ports, entry?.id ?? '');
  await undo(device.ports, entry?.id ?? '');
  expect(decisions(device, 'update Customer')).toEqual([
    'a later edit is collapsed into it: website',
    'parked: refused (417 MandatoryError), about website',
    'its person: try again',
    'its person: take back',
  ]);
  expect(device.logged.join('\n')).not.toContain('Harbour Light');
  expect(device.logged.join('\n')).not.toContain('second.example');
});

test('an order waits for the customer that it names: said once, however often it is looked at', async () => {
  const { site, device, network } = await synced();
  goOffline(device);
  const customer = { customer_name: 'New here', customer_group: 'Commercial', territory: 'Rest Of The World' };
  const { name } = await record(device.ports, { kind: 'create', doctype: 'Customer', values: customer });
  await record(device.ports, { kind: 'create', doctype, values: { ...orderValues(site, 0), customer: name } });
  network.now = once({ method: 'POST', path: '/api/resource/Customer' }, inWords);
  await goOnline(device, 60_000);
  for (let round = 0; round < 3; round += 1) {
    device.engine.syncNow();
    await device.pass(60_000);
  }
  expect(decisions(device, `create ${doctype}`)).toEqual(['waits for what is not there yet: Customer']);
});

test('an edit and a newer version: merged, with the fields that are left; a conflict, with the fields that clash; its decision', async () => {
  const { site, device } = await synced();
  const { name } = placeOrder(site);
  device.engine.syncNow();
  await device.pass(5_000);
  const both = async (mine: string, fieldname: string): Promise<void> => {
    goOffline(device);
    const items = rowsOf(await shown(device, doctype, name), 'items').map((row) => ({ ...row, qty: Number(row['qty']) + 1 }));
    await edit(device, doctype, name, { [mine]: `mine, beside their ${fieldname}`, items });
    const theirs = rowsOf(site.document(doctype, name) ?? {}, 'items').map((row) => ({ ...row, qty: Number(row['qty']) + 2 }));
    site.as('office@example.com').update(doctype, name, { [fieldname]: 'theirs', ...(mine === fieldname ? { items: theirs } : {}) });
    await goOnline(device);
  };
  await both('po_no', 'terms');
  await both('po_no', 'po_no');
  const [conflict] = await listOutbox(device.cache);
  await resolve(device.ports, conflict?.id ?? '', { kind: 'conflict', choices: [] });
  expect(decisions(device, `update ${doctype}`)).toEqual([
    'merged with the version there, left to send: po_no, items',
    'done',
    'parked: conflict in po_no, items.qty',
    'its person: conflict',
  ]);
});

test('what was deleted, renamed or changed there while it had unsent work', async () => {
  const { site, device } = await synced();
  const [gone, moved] = site.documents('Customer').map(({ name }) => name);
  const office = site.as('office@example.com');
  const made = [0, 1].map((n) => office.insert('Customer', { customer_name: `Made ${n}`, customer_group: 'Commercial' }).name);
  device.engine.syncNow();
  await device.pass(5_000);
  expect([gone, moved]).not.toContain(undefined);
  goOffline(device);
  for (const name of made) await edit(device, 'Customer', name, { website: 'mine.example' });
  office.delete('Customer', made[0] ?? '');
  office.rename('Customer', made[1] ?? '', 'Renamed there');
  await goOnline(device, 60_000);
  expect(decisions(device, 'update Customer')).toEqual(expect.arrayContaining(['parked: deleted there', 'done']));
  expect(lines(device, 'Customer: ')).toContainEqual(
    'info Customer: a document goes by another name there (same creation and owner); all that names it follows',
  );
  expect(device.logged.join('\n')).not.toMatch(/Renamed there|Made [01]/);
});

test('a pause and a sign-in that is no longer accepted, with the answer that said so', async () => {
  const { device, network } = await syncedDevice({ profile: ['Customer'], random: () => 0.99 });
  network.now = once({}, { kind: 'rate-limited', retryAfter: 120 });
  device.engine.syncNow();
  await device.pass(200_000);
  network.now = together(once({}, { kind: 'unauthorized' }), calm);
  device.engine.syncNow();
  await device.settle();
  expect(lines(device, 'busy: ')).toEqual(['info busy: pause of 121980 ms: rate-limited (429 TooManyRequestsError Retry-After 120)']);
  expect(lines(device, 'sign-in: ')).toEqual(['info sign-in: sign-in (401 AuthenticationError)']);
});

test('a pull that brings something says what; one that brings nothing says nothing', async () => {
  const { site, device } = await syncedDevice({ profile: ['Customer'], random: () => 0.99 });
  const first = lines(device, 'Customer: ');
  expect(first).toEqual([expect.stringMatching(/^info Customer: \d+ new here or changed there; read from the beginning$/)]);
  await device.pass(10 * 60_000);
  expect(lines(device, 'Customer: ')).toEqual(first);
  const name = site.documents('Customer')[0]?.name ?? '';
  site.as('office@example.com').update('Customer', name, { website: 'there.example' });
  await device.pass(10 * 60_000);
  expect(lines(device, 'Customer: ').slice(1)).toEqual([
    expect.stringMatching(/^info Customer: 1 new here or changed there; read from 20[-\d]+ [:\d.]+$/),
  ]);
});
