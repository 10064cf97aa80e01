import { expect, test } from 'vitest';
import type { DocField } from '@shared/erp/docfield';
import { docOf } from '../../renderer/cache/document-row';
import { goOffline, goOnline, syncedDevice } from '../support/synced-device';
import type { Device } from '../support/device';

const hour = 60 * 60_000;
const route = { dt: 'Customer', fieldname: 'custom_route', label: 'Route', fieldtype: 'Data' };

/** The device is back after more than a day without the site. */
async function dayLater(device: Device): Promise<void> {
  goOffline(device);
  await device.pass(25 * hour);
  await goOnline(device, 10_000);
}

async function knows(device: Device, doctype: string, fieldname: string): Promise<boolean> {
  const kept = await device.cache.doctypes.get(doctype);
  return kept?.bundle.doctype.fields.some((field) => field.fieldname === fieldname) ?? false;
}

async function valueOf(device: Device, doctype: string, name: string, fieldname: string): Promise<unknown> {
  const row = await device.cache.documents.get([doctype, name]);
  return row === undefined ? undefined : docOf(row)[fieldname];
}

test('a field that the site added is known within a day, with what stands in it', async () => {
  const { site, device } = await syncedDevice({ profile: ['Customer'], random: () => 0.99 });
  const name = site.documents('Customer')[0]?.name ?? '';
  site.as('Administrator').insert('Custom Field', route);
  // As a patch on the server writes it: no document is newer for it.
  site.setSilently('Customer', name, { custom_route: 'North' });
  await dayLater(device);
  expect(await knows(device, 'Customer', 'custom_route')).toBe(true);
  expect(await valueOf(device, 'Customer', name, 'custom_route')).toBe('North');
});

test('it is known at once to whoever signs in', async () => {
  const { site, device } = await syncedDevice({ profile: ['Customer'], random: () => 0.99 });
  await device.pass(1_000);
  site.as('Administrator').insert('Custom Field', route);
  device.engine.handle({ kind: 'signed-in' });
  await device.settle();
  expect(await knows(device, 'Customer', 'custom_route')).toBe(true);
});

test('it reaches the documents that are here only because others link to them', async () => {
  const { site, device } = await syncedDevice({ profile: ['Sales Order'], random: () => 0.99 });
  await device.useProfile(['Sales Order']);
  const [linked] = await device.cache.documents.filter(({ doctype, origin }) => doctype === 'Item' && origin === 'linked').toArray();
  if (linked === undefined) throw new Error('no order links to an item');
  site.as('Administrator').insert('Custom Field', { ...route, dt: 'Item' });
  site.setSilently('Item', linked.name, { custom_route: 'North' });
  await dayLater(device);
  expect(await valueOf(device, 'Item', linked.name, 'custom_route')).toBe('North');
});

test('metadata is asked for once a day, not with each round', async () => {
  const { device, requests } = await syncedDevice({ profile: ['Customer'], random: () => 0.99 });
  const before = requests.length;
  await dayLater(device);
  await device.pass(3 * hour);
  const asked = requests
    .slice(before)
    .filter(({ url }) => url.includes('getdoctype') && new URL(url).searchParams.get('doctype') === 'Customer');
  expect(asked).toHaveLength(1);
});

test('a table that the site no longer has does not keep its documents from coming', async () => {
  const { site, device } = await syncedDevice({ profile: ['Customer'], random: () => 0.99 });
  const kept = await device.cache.doctypes.get('Customer');
  if (kept === undefined) throw new Error('Customer is not known');
  const table: DocField = { fieldname: 'custom_visits', fieldtype: 'Table', options: 'Removed Visit' };
  const { doctype } = kept.bundle;
  // As it was while the site had the table.
  await device.cache.doctypes.put({ ...kept, bundle: { ...kept.bundle, doctype: { ...doctype, fields: [...doctype.fields, table] } } });
  await device.pass(hour);
  const made = site.as('office@example.com').insert('Customer', { customer_name: 'Made meanwhile', customer_type: 'Company' });
  await device.pass(15 * 60_000);
  expect(await device.cache.documents.get(['Customer', made.name])).toBeDefined();
  expect(await knows(device, 'Customer', 'custom_visits')).toBe(false);
});

test('a role that a person gained is known within a day, with what it lets them see', async () => {
  const { site, device } = await syncedDevice({ profile: ['Customer'], random: () => 0.99 });
  const name = site.documents('Customer')[0]?.name ?? '';
  const roles = site.people.find((person) => person.name === 'field@example.com')?.roles ?? [];
  site.as('Administrator').insert('Custom Field', { ...route, permlevel: 2 });
  site.setPermission('Customer', { role: 'Route Planner', permlevel: 2, read: 1 });
  site.setSilently('Customer', name, { custom_route: 'North' });
  await dayLater(device);
  expect(await valueOf(device, 'Customer', name, 'custom_route')).toBeUndefined();
  site.setRoles('field@example.com', [...roles, 'Route Planner']);
  await dayLater(device);
  expect((await device.ports.bridge.accounts.state({})).accounts[0]?.roles).toContain('Route Planner');
  expect(await valueOf(device, 'Customer', name, 'custom_route')).toBe('North');
});
