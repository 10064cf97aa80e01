import { describe, expect, it } from 'vitest';
import type { DocTypeBundle } from '@shared/erp/doctype';
import { withoutPasswords } from '@shared/form/without-passwords';
import { createDemoSite } from '../../electron/demo/site';
import { listOutbox } from '../../renderer/cache/outbox';
import { listReceipts } from '../../renderer/cache/receipts';
import { record } from '../../renderer/cache/record';
import { orderValues } from '../simulation/company';
import { renderedField } from '../support/rendered-field';
import { edit, goOffline, goOnline, shown, syncedDevice } from '../support/synced-device';
import { VirtualTime } from '../support/virtual-time';

const field = { fieldname: 'portal', fieldtype: 'Password', label: 'Portal password' };

describe('a password', () => {
  it('is never shown, typed or kept', async () => {
    for (const readOnly of [false, true])
      expect(await renderedField(field, { portal: 'open sesame' }, { readOnly })).not.toContain('sesame');
    expect(await renderedField(field, {})).toMatch(/type="password"/);
  });

  it('is no part of typing that is kept unsaved: there it stands as it did before', () => {
    const bundle: DocTypeBundle = {
      doctype: {
        name: 'X',
        modified: '',
        permissions: [],
        fields: [field, { fieldname: 'note', fieldtype: 'Data' }, { fieldname: 'rows', fieldtype: 'Table', options: 'Row' }],
      },
      children: [{ name: 'Row', modified: '', permissions: [], fields: [field] }],
    };
    const began = { portal: '****', rows: [{ name: 'r1', portal: '***' }] };
    const typed = {
      portal: 'sesame',
      note: 'kept',
      rows: [
        { name: 'r1', portal: 'sesame' },
        { name: 'r2', portal: 'sesame' },
      ],
    };
    expect(withoutPasswords(bundle, typed, began)).toEqual({
      ...began,
      note: 'kept',
      rows: [{ name: 'r1', portal: '***' }, { name: 'r2' }],
    });
    expect(JSON.stringify(withoutPasswords(bundle, typed, {}))).not.toContain('sesame');
  });

  it('typed offline is sent with its document, which is submitted as it was seen, and nothing of it stays on the device', async () => {
    const time = new VirtualTime();
    const site = createDemoSite({ now: time.now, scale: 8 });
    site.as('Administrator').insert('Custom Field', { dt: 'Sales Order', ...field, reqd: 1 });
    const { device } = await syncedDevice({ site, time });
    goOffline(device);
    const values = { ...orderValues(site, 0), portal: 'sesame' };
    const { name } = await record(device.ports, { kind: 'create', doctype: 'Sales Order', values });
    await record(device.ports, { kind: 'submit', doctype: 'Sales Order', name });
    await goOnline(device, 60_000);
    expect(await listOutbox(device.cache)).toEqual([]);
    const [receipt] = (await listReceipts(device.cache, 20)).filter(({ kind }) => kind === 'create');
    const made = receipt?.name ?? '';
    expect(site.document('Sales Order', made)).toMatchObject({ docstatus: 1, portal: '******' });
    expect((await shown(device, 'Sales Order', made))['portal']).toBe('******');
    const everything = await Promise.all(device.cache.tables.map((table) => table.toArray()));
    expect(JSON.stringify(everything)).not.toContain('sesame');
  });

  it('is changed by an edit of as many letters as it had', async () => {
    const time = new VirtualTime();
    const site = createDemoSite({ now: time.now, scale: 8 });
    site.as('Administrator').insert('Custom Field', { dt: 'Customer', ...field });
    const name = site.documents('Customer')[0]?.name ?? '';
    site.setSilently('Customer', name, { portal: '******' });
    const { device, requests } = await syncedDevice({ site, time });
    await edit(device, 'Customer', name, { portal: 'sesame' });
    await goOnline(device, 60_000);
    expect(await listOutbox(device.cache)).toEqual([]);
    expect(requests.some(({ method }) => method === 'PUT')).toBe(true);
    expect((await shown(device, 'Customer', name))['portal']).toBe('******');
  });
});
