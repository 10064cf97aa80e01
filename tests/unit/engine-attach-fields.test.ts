import { describe, expect, it } from 'vitest';
import { rowsOf } from '@shared/erp/document';
import type { DocField } from '@shared/erp/docfield';
import { createDemoSite } from '../../electron/demo/site';
import type { DemoSite } from '../../electron/demo/site';
import { listOutbox } from '../../renderer/cache/outbox';
import { listReceipts } from '../../renderer/cache/receipts';
import { record } from '../../renderer/cache/record';
import { orderValues } from '../simulation/company';
import type { Device } from '../support/device';
import { VirtualTime } from '../support/virtual-time';
import { goOffline, goOnline, shown, syncedDevice } from '../support/synced-device';

/** The site has an Attach field more, and the device knows. */
async function withField(dt: string, field: Partial<DocField>) {
  const time = new VirtualTime();
  const site = createDemoSite({ now: time.now, scale: 8 });
  site.as('Administrator').insert('Custom Field', { dt, fieldname: 'custom_photo', label: 'Photo', fieldtype: 'Attach', ...field });
  return syncedDevice({ site, time });
}

const file = (device: Device, text: string) => ({
  file: device.keepFile(new TextEncoder().encode(text)),
  fileName: `${text}.txt`,
  isPrivate: true,
  fieldname: 'custom_photo',
});

const urlOf = (site: DemoSite, fileName: string) => site.files().find(({ doc }) => doc['file_name'] === fileName)?.doc['file_url'];

/** The order that the device made. */
async function made(site: DemoSite, device: Device) {
  const [receipt] = (await listReceipts(device.cache, 20)).filter(({ kind }) => kind === 'create');
  return site.document('Sales Order', receipt?.name ?? '');
}

describe('a file for an Attach field of a row', () => {
  it('is set in that row alone, made offline with its document and submitted before the network is back', async () => {
    const { site, device } = await withField('Sales Order Item', {});
    const values = orderValues(site, 0);
    const [row] = rowsOf(values, 'items');
    const items = [
      { ...row, name: '' },
      { ...row, name: '' },
    ];
    goOffline(device);
    const { name } = await record(device.ports, { kind: 'create', doctype: 'Sales Order', values: { ...values, items } });
    const own = rowsOf(await shown(device, 'Sales Order', name), 'items');
    const at = { table: 'items', row: own[1]?.name ?? '' };
    await record(device.ports, { kind: 'attach', doctype: 'Sales Order', name, ...file(device, 'second'), row: at });
    await record(device.ports, { kind: 'submit', doctype: 'Sales Order', name });
    await goOnline(device, 60_000);

    expect(await listOutbox(device.cache)).toEqual([]);
    const order = await made(site, device);
    expect(order).toMatchObject({ docstatus: 1 });
    expect(order?.['custom_photo']).toBeUndefined();
    expect(rowsOf(order ?? {}, 'items').map((each) => each['custom_photo'] ?? null)).toEqual([null, urlOf(site, 'second.txt')]);
    expect(rowsOf(await shown(device, 'Sales Order', order?.name ?? ''), 'items')[1]?.['custom_photo']).toBe(urlOf(site, 'second.txt'));
  });

  it('stays with the document where the row is gone by then', async () => {
    const { site, device } = await withField('Sales Order Item', {});
    const order = site.documents('Sales Order').find((doc) => doc['docstatus'] === 0 && rowsOf(doc, 'items').length > 1);
    const name = order?.name ?? '';
    const [first, ...others] = rowsOf(await shown(device, 'Sales Order', name), 'items');
    goOffline(device);
    const row = { table: 'items', row: first?.name ?? '' };
    await record(device.ports, { kind: 'attach', doctype: 'Sales Order', name, ...file(device, 'gone'), row });
    const values = { ...(await shown(device, 'Sales Order', name)), items: others };
    await record(device.ports, { kind: 'update', doctype: 'Sales Order', name, values });
    await goOnline(device, 60_000);
    expect(await listOutbox(device.cache)).toEqual([]);
    expect(rowsOf(site.document('Sales Order', name) ?? {}, 'items').map((each) => each['custom_photo'] ?? null)).toEqual(
      others.map(() => null),
    );
    expect(site.files().map(({ doc }) => doc['attached_to_name'])).toEqual([name]);
  });
});

describe('a file for a required Attach field of a new document', () => {
  it.each(['Sales Order', 'Sales Order Item'])('is queued behind it, and its address follows: field of %s', async (dt) => {
    const { site, device } = await withField(dt, { reqd: 1 });
    goOffline(device);
    const { name } = await record(device.ports, { kind: 'create', doctype: 'Sales Order', values: orderValues(site, 0) });
    const [row] = rowsOf(await shown(device, 'Sales Order', name), 'items');
    const at = dt === 'Sales Order' ? {} : { row: { table: 'items', row: row?.name ?? '' } };
    await record(device.ports, { kind: 'attach', doctype: 'Sales Order', name, ...file(device, 'required'), ...at });
    await goOnline(device, 60_000);
    expect(await listOutbox(device.cache)).toEqual([]);
    const order = await made(site, device);
    const holder = dt === 'Sales Order' ? order : rowsOf(order ?? {}, 'items')[0];
    expect(holder?.['custom_photo']).toBe(urlOf(site, 'required.txt'));
  });
});
