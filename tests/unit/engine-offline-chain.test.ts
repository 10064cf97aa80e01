import { afterEach, describe, expect, it } from 'vitest';
import { addDays } from '@shared/erp/calendar';
import { createDemoSite } from '../../electron/demo/site';
import { listOutbox } from '../../renderer/cache/outbox';
import { countDocuments, readDocument } from '../../renderer/cache/documents';
import { listReceipts } from '../../renderer/cache/receipts';
import { record } from '../../renderer/cache/record';
import { attachmentsOf } from '../../renderer/cache/attachments';
import { rowsOf } from '@shared/erp/document';
import { Device } from '../support/device';
import { orderValues } from '../simulation/company';
import { VirtualTime } from '../support/virtual-time';

const devices: Device[] = [];
afterEach(() => devices.splice(0).forEach((device) => device.engine.stop()));

async function ready(options: Partial<ConstructorParameters<typeof Device>[0]> = {}) {
  const time = new VirtualTime();
  const site = createDemoSite({ now: time.now, scale: 8 });
  const device = new Device({ site, time, ...options });
  devices.push(device);
  await device.useProfile();
  await device.engine.start();
  await device.settle();
  return { site, device, time };
}

describe('a first download', () => {
  it('brings every document of the profile whole, and what they link to', async () => {
    const { site, device } = await ready();
    const counts = await countDocuments(device.cache);
    for (const doctype of ['Customer', 'Item', 'Sales Order']) expect(counts[doctype]?.total).toBe(site.documents(doctype).length);
    const order = site.documents('Sales Order')[0];
    const here = await readDocument(device.cache, 'Sales Order', order?.name ?? '');
    expect(rowsOf(here?.doc ?? {}, 'items').map((row) => row.name)).toEqual(rowsOf(order ?? {}, 'items').map((row) => row.name));
    expect(counts['Warehouse']?.total).toBeGreaterThan(0);
    expect(device.logged.filter((line) => line.startsWith('error'))).toEqual([]);
  });
});

describe('a chain made offline', () => {
  it('submits what has a posting time: that the day is sent as chosen is no change for a person to look at', async () => {
    const { site, device } = await ready();
    const company = site.documents('Company')[0]?.name ?? '';
    const bin = site
      .documents('Bin')
      .find((each) => Number(each['actual_qty']) > 5 && site.document('Item', String(each['item_code']))?.['disabled'] !== 1);
    device.engine.handle({ kind: 'work-offline', on: true });
    const note = await record(device.ports, {
      kind: 'create',
      doctype: 'Delivery Note',
      values: {
        customer: site.documents('Customer')[0]?.name ?? '',
        company,
        posting_date: addDays(site.clock.date(), -1),
        posting_time: '10:00:00',
        set_posting_time: 0,
        items: [{ name: '', item_code: String(bin?.['item_code']), warehouse: String(bin?.['warehouse']), qty: 1, rate: 10 }],
      },
    });
    await record(device.ports, { kind: 'submit', doctype: 'Delivery Note', name: note.name });
    device.engine.handle({ kind: 'work-offline', on: false });
    await device.pass(5_000);

    expect(await listOutbox(device.cache)).toEqual([]);
    const [receipt] = (await listReceipts(device.cache, 20)).filter(({ kind }) => kind === 'create');
    expect(receipt?.rewritten).toEqual([]);
    expect(site.document('Delivery Note', receipt?.name ?? '')).toMatchObject({
      docstatus: 1,
      posting_date: addDays(site.clock.date(), -1),
    });
  });

  it('sets an Attach field to the file that was chosen for it, before a submit that waits', async () => {
    const { site, device } = await ready();
    site
      .as('Administrator')
      .insert('Custom Field', { dt: 'Sales Order', fieldname: 'custom_drawing', label: 'Drawing', fieldtype: 'Attach' });
    await device.pass(5_000);
    device.engine.handle({ kind: 'work-offline', on: true });
    const order = await record(device.ports, { kind: 'create', doctype: 'Sales Order', values: orderValues(site, 0) });
    await record(device.ports, {
      kind: 'attach',
      doctype: 'Sales Order',
      name: order.name,
      file: device.keepFile(new TextEncoder().encode('a drawing')),
      fileName: 'drawing.txt',
      isPrivate: true,
      fieldname: 'custom_drawing',
    });
    await record(device.ports, { kind: 'submit', doctype: 'Sales Order', name: order.name });
    device.engine.handle({ kind: 'work-offline', on: false });
    await device.pass(60_000);

    expect(await listOutbox(device.cache)).toEqual([]);
    const [file] = site.files();
    expect(file?.doc).toMatchObject({ attached_to_field: 'custom_drawing', is_private: 1 });
    const [receipt] = (await listReceipts(device.cache, 20)).filter(({ kind }) => kind === 'create');
    const made = site.document('Sales Order', receipt?.name ?? '');
    expect(made).toMatchObject({ docstatus: 1, custom_drawing: file?.doc['file_url'] });
    expect((await readDocument(device.cache, 'Sales Order', made?.name ?? ''))?.doc['custom_drawing']).toBe(file?.doc['file_url']);
  });

  it('reaches the server whole: a customer, an order for it, a file on the order, edits and a submit', async () => {
    const { site, device } = await ready();
    const { ports } = device;
    const item = site.documents('Item').find((doc) => doc['is_sales_item'] === 1 && doc['disabled'] !== 1);
    device.engine.handle({ kind: 'work-offline', on: true });
    const customer = await record(ports, {
      kind: 'create',
      doctype: 'Customer',
      values: { customer_name: 'Offline & Co', customer_type: 'Company' },
    });
    const order = await record(ports, {
      kind: 'create',
      doctype: 'Sales Order',
      values: {
        customer: customer.name,
        company: site.documents('Company')[0]?.name ?? '',
        delivery_date: '2026-12-30',
        items: [{ name: '', item_code: item?.name ?? '', qty: 2, rate: 10, delivery_date: '2026-12-30' }],
      },
    });
    await record(ports, {
      kind: 'attach',
      doctype: 'Sales Order',
      name: order.name,
      file: device.keepFile(new TextEncoder().encode('a note')),
      fileName: 'note.txt',
      isPrivate: true,
    });
    const local = await readDocument(device.cache, 'Customer', customer.name);
    await record(ports, {
      kind: 'update',
      doctype: 'Customer',
      name: customer.name,
      values: { ...local?.doc, website: 'offline.example' },
    });
    await record(ports, { kind: 'comment', doctype: 'Sales Order', name: order.name, content: 'call <first>' });
    await record(ports, { kind: 'submit', doctype: 'Sales Order', name: order.name });
    expect(await listOutbox(device.cache)).toHaveLength(5);

    device.engine.handle({ kind: 'work-offline', on: false });
    await device.pass(5_000);

    expect(await listOutbox(device.cache)).toEqual([]);
    const made = site.documents('Customer').filter((doc) => doc['customer_name'] === 'Offline & Co');
    expect(made).toMatchObject([{ website: 'offline.example' }]);
    const orders = site.documents('Sales Order').filter((doc) => doc['customer'] === made[0]?.name);
    expect(orders).toMatchObject([{ docstatus: 1 }]);
    expect(site.files().map(({ doc }) => doc['attached_to_name'])).toEqual([orders[0]?.name]);
    expect(site.comments('Sales Order', orders[0]?.name ?? '')).toHaveLength(1);
    const followed = await readDocument(device.cache, 'Sales Order', order.name);
    expect(followed).toMatchObject({
      mark: 'none',
      alias: 'New Sales Order 1 (this device)',
      doc: { name: orders[0]?.name, docstatus: 1 },
    });
    expect((await listReceipts(device.cache, 10)).map(({ kind }) => kind).sort()).toEqual([
      'attach',
      'comment',
      'create',
      'create',
      'submit',
    ]);
    expect((await attachmentsOf(device.cache, 'Sales Order', orders[0]?.name ?? ''))[0]?.remote).not.toBeNull();
    expect(device.journal.entries.size).toBe(0);
    expect(device.logged.filter((line) => line.startsWith('error'))).toEqual([]);
  });
});
