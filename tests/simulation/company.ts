import type { DocTypeBundle } from '@shared/erp/doctype';
import type { Doc } from '@shared/erp/document';
import { createDemoSite } from '../../electron/demo/site';
import type { DemoSite } from '../../electron/demo/site';
import { Device } from '../support/device';
import { VirtualTime } from '../support/virtual-time';

/** Masters of which a few are enough; of the others all are taken. */
const few: Record<string, number> = {
  Customer: 4,
  Item: 4,
  Address: 0,
  Contact: 0,
  Bin: 0,
  'Item Price': 0,
  Supplier: 0,
  Lead: 0,
  'Deleted Document': 0,
  Comment: 0,
  File: 0,
  Version: 0,
};
const most = 60;

export type Template = { docs: Doc[]; bundles: DocTypeBundle[] };

let made: Promise<Template> | null = null;

/** A small company and the metadata a device would have fetched, made once for all runs. */
export function template(): Promise<Template> {
  made ??= makeTemplate();
  return made;
}

async function makeTemplate(): Promise<Template> {
  const time = new VirtualTime();
  const whole = createDemoSite({ now: time.now, scale: 2, seed: 7 });
  const docs = [...whole.engine.metadata.all()]
    .flatMap(({ name }) => {
      const all = whole.documents(name);
      return structuredClone(all.slice(0, few[name] ?? (all.length > most ? 0 : most)));
    })
    .filter((doc) => !submittable.has(doc.doctype));
  for (const doc of docs) for (const link of ['customer_primary_address', 'customer_primary_contact', 'primary_address']) delete doc[link];
  const site = smallSite({ docs, bundles: [] }, time);
  site.as('office@example.com').insert('Sales Order', orderValues(site, 0));
  const device = new Device({ site, time, profile });
  await device.useProfile();
  await device.engine.start();
  await device.settle();
  device.engine.stop();
  const bundles = (await device.cache.doctypes.toArray()).map(({ bundle }) => bundle);
  return { docs, bundles };
}

export const profile = ['Customer', 'Item', 'Sales Order'];
const submittable = new Set([
  'Sales Order',
  'Purchase Order',
  'Sales Invoice',
  'Purchase Invoice',
  'Delivery Note',
  'Stock Entry',
  'Payment Entry',
  'Journal Entry',
  'Quotation',
]);

/** A site with that company and nothing of anybody's work. */
export function smallSite({ docs }: Template, time: VirtualTime): DemoSite {
  const site = createDemoSite({ now: time.now, company: 'none', seed: 11 });
  site.load(structuredClone(docs));
  return site;
}

/** An order that the server takes. */
export function orderValues(site: DemoSite, which: number): Record<string, Doc[string]> & { customer: string } {
  const customers = site.documents('Customer');
  const items = site.documents('Item').filter((doc) => doc['is_sales_item'] === 1 && doc['disabled'] !== 1);
  const at = (list: Doc[]): string => list[which % list.length]?.name ?? '';
  return {
    customer: at(customers),
    company: site.documents('Company')[0]?.name ?? '',
    delivery_date: '2026-12-30',
    items: [{ name: '', item_code: at(items), qty: 1 + (which % 3), rate: 10, delivery_date: '2026-12-30' }],
  };
}
