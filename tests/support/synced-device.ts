import { onTestFinished } from 'vitest';
import { rowsOf } from '@shared/erp/document';
import type { ChildRow, Doc, DocumentValues } from '@shared/erp/document';
import { createDemoSite } from '../../electron/demo/site';
import type { DemoSite } from '../../electron/demo/site';
import { readDocument } from '../../renderer/cache/documents';
import { record } from '../../renderer/cache/record';
import { orderValues } from '../simulation/company';
import { Device } from './device';
import type { DeviceOptions } from './device';
import { withFaults } from './faults';
import type { Faulty } from './faults';
import { switchable } from './faults-schedule';
import { VirtualTime } from './virtual-time';

/** A device that has downloaded its profile from a small demo company, with a network whose faults a test chooses. */
export type Synced = { site: DemoSite; device: Device; time: VirtualTime; network: ReturnType<typeof switchable>; requests: Faulty['log'] };

export async function syncedDevice(options: Partial<DeviceOptions> = {}): Promise<Synced> {
  const time = options.time ?? new VirtualTime();
  const site = options.site ?? createDemoSite({ now: time.now, scale: 8 });
  const network = switchable();
  const faulty = withFaults((request) => site.fetch(request), network.schedule, { sleep: time.sleep });
  const device = new Device({ ...options, site, time, fetch: faulty.fetch });
  onTestFinished(() => device.engine.stop());
  await device.useProfile();
  await device.engine.start();
  await device.settle();
  return { site, device, time, network, requests: faulty.log };
}

export const goOffline = (device: Device): void => device.engine.handle({ kind: 'work-offline', on: true });

/** Connected again, and long enough so that what waits is sent. */
export async function goOnline(device: Device, ms = 5_000): Promise<void> {
  device.engine.handle({ kind: 'work-offline', on: false });
  await device.pass(ms);
}

/** The document as the device shows it. */
export async function shown(device: Device, doctype: string, name: string): Promise<Doc> {
  const local = await readDocument(device.cache, doctype, name);
  if (local === undefined) throw new Error(`${doctype} ${name} is not on the device`);
  return local.doc;
}

/** Saves an edit of a document as a form does: the whole document with some values changed. */
export async function edit(device: Device, doctype: string, name: string, values: DocumentValues): Promise<void> {
  await record(device.ports, { kind: 'update', doctype, name, values: { ...(await shown(device, doctype, name)), ...values } });
  device.engine.handle({ kind: 'saved' });
}

/** Saves an edit of an order that adds a row: of the item that it has already, with some values changed. Answers the row's name. */
export async function addRow(device: Device, name: string, values: Omit<ChildRow, 'name'>): Promise<string> {
  const rows = rowsOf(await shown(device, 'Sales Order', name), 'items');
  const { item_code, qty, rate, delivery_date } = rows[0] ?? { name: '' };
  const added = { item_code, qty, rate, delivery_date, ...values, name: `fb-new-${crypto.randomUUID()}`, idx: rows.length + 1 };
  await edit(device, 'Sales Order', name, { items: [...rows, added] });
  return added.name;
}

/** Without a connection, with a comment on a customer that waits to be sent. */
export async function commentedOffline(): Promise<Synced & { name: string }> {
  const synced = await syncedDevice({ profile: ['Customer'], random: () => 0.99 });
  const name = synced.site.documents('Customer')[0]?.name ?? '';
  goOffline(synced.device);
  await record(synced.device.ports, { kind: 'comment', doctype: 'Customer', name, content: 'called them' });
  return { ...synced, name };
}

/** A draft order of the field user on the server, as the office could have made it. */
export const placeOrder = (site: DemoSite): Doc => site.as('field@example.com').insert('Sales Order', orderValues(site, 0));
