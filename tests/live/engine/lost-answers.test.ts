import { expect } from 'vitest';
import type { DocumentValues } from '@shared/erp/document';
import { live } from '../case';
import { makeOrder, orderValues, party } from '../documents';
import { openFieldDevice, type FieldDevice } from '../field-device';
import { keep, note } from '../files';
import { tag, taggedOnes } from '../made';
import { forOrders, may, noWorkflow } from '../needs';
import type { Asked } from '../network';
import { photo } from '../photo';

const customers = may('Customer', 'read', 'write', 'create');

/** Connects, loses the answer of the first request of this kind, and waits for the end: done, and sent only once. */
async function sendAndLose(device: FieldDevice, method: string, path: string): Promise<void> {
  const fits = (asked: Asked): boolean => asked.method === method && asked.path.startsWith(path);
  const before = device.network.asked.length;
  device.network.loseAnswer(fits);
  device.goOnline();
  expect(await device.settled()).toEqual([]);
  expect(device.network.lost, 'an answer was lost').toBe(1);
  expect(device.network.asked.slice(before).filter(fits), 'nothing is sent again').toHaveLength(1);
}

live('A create whose answer was lost is found by its mark, not made again.', forOrders, async (server) => {
  const device = await openFieldDevice(server, [{ doctype: 'Sales Order', filters: [taggedOnes('Sales Order')] }]);
  device.goOffline();
  // Built of texts, numbers and rows of them.
  const values = (await orderValues(server, 'Lost create')) as DocumentValues;
  const { name } = await device.record({ kind: 'create', doctype: 'Sales Order', values });
  await sendAndLose(device, 'POST', '/api/resource/Sales Order');
  const there = await server.list('Sales Order', ['name'], [['po_no', '=', String(values['po_no'])]], 0);
  expect(there).toHaveLength(1);
  expect((await device.doc('Sales Order', name))?.name).toBe(there[0]?.name);
});

live('An update whose answer was lost is seen to be there.', [customers], async (server) => {
  const { name } = await party(server);
  const device = await openFieldDevice(server, [{ doctype: 'Customer', filters: [['name', '=', name]] }]);
  device.goOffline();
  await device.record({
    kind: 'update',
    doctype: 'Customer',
    name,
    values: { ...(await device.doc('Customer', name))!, website: 'lost.example' },
  });
  await sendAndLose(device, 'PUT', `/api/resource/Customer/${name}`);
  const there = await server.get('Customer', name);
  expect(there).toMatchObject({ website: 'lost.example' });
  expect(await device.doc('Customer', name)).toMatchObject({ website: 'lost.example', modified: there.modified });
});

const forSubmit = [...forOrders, may('Sales Order', 'submit', 'cancel'), noWorkflow('Sales Order')];

live('A submit whose answer was lost is seen to be done.', forSubmit, async (server) => {
  const { name } = await makeOrder(server, 'Lost submit');
  const device = await openFieldDevice(server, [{ doctype: 'Sales Order', filters: [['name', '=', name]] }]);
  device.goOffline();
  await device.record({ kind: 'submit', doctype: 'Sales Order', name });
  await sendAndLose(device, 'PUT', `/api/resource/Sales Order/${name}`);
  expect((await server.get('Sales Order', name)).docstatus).toBe(1);
  expect(await device.doc('Sales Order', name)).toMatchObject({ docstatus: 1 });
});

live('A delete whose answer was lost is seen to be done.', [...forOrders, may('Sales Order', 'delete')], async (server) => {
  const { name } = await makeOrder(server, 'Lost delete');
  const device = await openFieldDevice(server, [{ doctype: 'Sales Order', filters: [['name', '=', name]] }]);
  device.goOffline();
  await device.record({ kind: 'delete', doctype: 'Sales Order', name });
  await sendAndLose(device, 'DELETE', `/api/resource/Sales Order/${name}`);
  await expect(server.get('Sales Order', name)).rejects.toMatchObject({ code: 'not-found' });
  expect(await device.doc('Sales Order', name)).toBeUndefined();
});

const files: [what: string, fileName: string, make: () => Uint8Array<ArrayBuffer>][] = [
  ['A text file', `${tag}-lost-note.txt`, note],
  ['A photo', `${tag}-lost-photo.jpg`, photo],
];
for (const [what, fileName, make] of files) {
  live(`${what} whose upload’s answer was lost is on its document once.`, [customers], async (server) => {
    const { name } = await party(server);
    const device = await openFieldDevice(server, [{ doctype: 'Customer', filters: [['name', '=', name]] }]);
    device.goOffline();
    const file = await keep(device, fileName, make());
    await device.record({ kind: 'attach', doctype: 'Customer', name, file, fileName, isPrivate: true });
    await sendAndLose(device, 'POST', '/api/method/upload_file');
    const there = await server.list(
      'File',
      ['name', 'file_url'],
      [
        ['attached_to_doctype', '=', 'Customer'],
        ['attached_to_name', '=', name],
        // The server may add to a name that is taken.
        ['file_name', 'like', `${fileName.slice(0, -4)}%`],
      ],
      0,
    );
    there.forEach((one) => server.made.add('File', one.name));
    expect(there).toHaveLength(1);
    const [attachment] = await device.cache.attachments.toArray();
    expect(attachment?.remote).toMatchObject({ name: there[0]?.name, url: there[0]?.['file_url'] });
  });
}

live('A comment whose answer was lost is on its document once.', [customers], async (server) => {
  const { name } = await party(server);
  const device = await openFieldDevice(server, [{ doctype: 'Customer', filters: [['name', '=', name]] }]);
  device.goOffline();
  await device.record({ kind: 'comment', doctype: 'Customer', name, content: 'Said once' });
  await sendAndLose(device, 'POST', '/api/method/frappe.desk.form.utils.add_comment');
  const { docinfo } = await server.erp.open({ account: server.account, doctype: 'Customer', name });
  expect(docinfo.comments.filter(({ content }) => content.includes('Said once'))).toHaveLength(1);
});
