import { describe, expect, it } from 'vitest';
import type { DocumentValues } from '@shared/erp/document';
import { rowsOf } from '@shared/erp/document';
import { listOutbox } from '../../renderer/cache/outbox';
import { record } from '../../renderer/cache/record';
import { orderValues } from '../simulation/company';
import { once } from '../support/faults-schedule';
import { edit, goOffline, goOnline, syncedDevice } from '../support/synced-device';

const customerValues: DocumentValues = { customer_name: 'Circle Ltd', customer_type: 'Company' };

describe('what names a document that was made here', () => {
  it('waits for it where a Dynamic Link of a row names it, also while its answer is late', async () => {
    const { site, device, network, requests } = await syncedDevice({ profile: ['Customer', 'Contact'], random: () => 0.99 });
    goOffline(device);
    const customer = await record(device.ports, { kind: 'create', doctype: 'Customer', values: customerValues });
    await record(device.ports, {
      kind: 'create',
      doctype: 'Contact',
      values: { first_name: 'Round', links: [{ name: '', link_doctype: 'Customer', link_name: customer.name }] },
    });
    network.now = once({ method: 'POST', path: '/api/resource/Customer' }, { kind: 'delay', ms: 20_000 });
    await goOnline(device, 10_000);
    expect((await listOutbox(device.cache)).map(({ doctype, state }) => [doctype, state.at])).toEqual([
      ['Customer', 'sending'],
      ['Contact', 'waiting'],
    ]);
    await device.pass(60_000);

    expect(await listOutbox(device.cache)).toEqual([]);
    const made = site.documents('Contact').find((contact) => contact['first_name'] === 'Round');
    expect(rowsOf(made ?? {}, 'links')).toMatchObject([{ link_doctype: 'Customer', link_name: 'Circle Ltd' }]);
    const posts = requests.filter(({ method, url }) => method === 'POST' && url.includes('/api/resource/'));
    expect(posts.map(({ url }) => new URL(url).pathname)).toEqual(['/api/resource/Customer', '/api/resource/Contact']);
  });

  it('waits for it where a row of a child table links to it', async () => {
    const { site, device } = await syncedDevice({ random: () => 0.99 });
    const [other] = site.documents('Item').filter((item) => item['is_sales_item'] === 1 && item['disabled'] !== 1);
    goOffline(device);
    const values = { ...orderValues(site, 0), po_no: 'NEW-ITEM' };
    const item = await record(device.ports, {
      kind: 'create',
      doctype: 'Item',
      values: {
        item_code: 'LAMP-77',
        item_group: String(other?.['item_group']),
        stock_uom: String(other?.['stock_uom']),
        is_stock_item: 0,
      },
    });
    await record(device.ports, {
      kind: 'create',
      doctype: 'Sales Order',
      values: { ...values, items: rowsOf(values, 'items').map((row) => ({ ...row, item_code: item.name })) },
    });
    await goOnline(device, 60_000);

    expect(await listOutbox(device.cache)).toEqual([]);
    const made = site.documents('Sales Order').find((order) => order['po_no'] === 'NEW-ITEM');
    expect(rowsOf(made ?? {}, 'items').map((row) => row['item_code'])).toEqual(rowsOf(values, 'items').map(() => 'LAMP-77'));
  });

  it('goes first without its optional Link where the two name each other, and gets the Link by an edit that follows', async () => {
    const { site, device } = await syncedDevice({ profile: ['Customer', 'Contact'], random: () => 0.99 });
    goOffline(device);
    const customer = await record(device.ports, { kind: 'create', doctype: 'Customer', values: customerValues });
    const contact = await record(device.ports, {
      kind: 'create',
      doctype: 'Contact',
      values: { first_name: 'Round', links: [{ name: '', link_doctype: 'Customer', link_name: customer.name }] },
    });
    await edit(device, 'Customer', customer.name, { customer_primary_contact: contact.name });
    await goOnline(device, 60_000);

    expect(await listOutbox(device.cache)).toEqual([]);
    const made = site.documents('Contact').find((each) => each['first_name'] === 'Round');
    expect(rowsOf(made ?? {}, 'links')).toMatchObject([{ link_name: 'Circle Ltd' }]);
    expect(site.document('Customer', 'Circle Ltd')).toMatchObject({ customer_primary_contact: made?.name });
  });
});

it('an edit of what others keep changing is tried five times, and then again later', async () => {
  const { site, device, network, requests } = await syncedDevice({ random: () => 0.99 });
  const name = site.documents('Customer')[0]?.name ?? '';
  let changes = 0;
  const change = (): void => void site.as('office@example.com').update('Customer', name, { customer_details: `note ${(changes += 1)}` });
  network.now = (request) => (request.method === 'PUT' ? { kind: 'meanwhile', before: change } : undefined);
  await edit(device, 'Customer', name, { website: 'mine.example' });
  await device.pass(1_000);
  const puts = () => requests.filter(({ method }) => method === 'PUT').length;
  expect([puts(), changes]).toEqual([5, 5]);
  expect(await listOutbox(device.cache)).toMatchObject([{ state: { at: 'queued' } }]);

  network.now = () => undefined;
  await device.pass(60_000);
  expect(await listOutbox(device.cache)).toEqual([]);
  expect(site.document('Customer', name)).toMatchObject({ website: 'mine.example', customer_details: 'note 5' });
});
