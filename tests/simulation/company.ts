import type { DocField } from '@shared/erp/docfield';
import { rowsOf } from '@shared/erp/document';
import type { Doc } from '@shared/erp/document';
import { tableFields } from '@shared/sync/document-fields';
import { markerField } from '@shared/sync/marker';
import { metaOf, partsOf } from '../../electron/demo/engine/engine';
import type { Random } from '../../electron/demo/engine/random';
import { createDemoSite } from '../../electron/demo/site';
import type { DemoSite } from '../../electron/demo/site';
import type { CursorRow, DocTypeRow, DocumentRow } from '../../renderer/cache/rows';
import { Device } from '../support/device';
import { VirtualTime } from '../support/virtual-time';
import type { Conditions } from './conditions';

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

/** `fields`: those of each DocType that hold a value somewhere; metadata is copied often, and the others only cost time. */
export type Template = { docs: Doc[]; fields: Map<string, Set<string>>; kept: Kept };

/** The rows that a device has of it, by table, as they were a while ago. */
export type Kept = { documents: DocumentRow[]; cursors: CursorRow[]; doctypes: DocTypeRow[] };

/** How the site is set up, beyond what every ERPNext has. */
type Setup = Pick<Conditions, 'unique' | 'workflow'>;

const made = new Map<string, Promise<Template>>();

/** A small company and the metadata a device would have fetched, made once for all runs on such a site. */
export function template({ unique, workflow }: Setup): Promise<Template> {
  const key = JSON.stringify([unique, workflow]);
  const found = made.get(key) ?? makeTemplate({ unique, workflow });
  made.set(key, found);
  return found;
}

const beforeMs = 10 * 60_000;

async function makeTemplate(setup: Setup): Promise<Template> {
  const start = new VirtualTime();
  const time = new VirtualTime(start.now() - beforeMs);
  const whole = createDemoSite({ now: time.now, scale: 2, seed: 7 });
  const docs = [...whole.engine.metadata.all()]
    .flatMap(({ name }) => {
      const all = whole.documents(name);
      return structuredClone(all.slice(0, few[name] ?? (all.length > most ? 0 : most)));
    })
    .filter((doc) => !submittable.has(doc.doctype));
  for (const doc of docs) for (const link of ['customer_primary_address', 'customer_primary_contact', 'primary_address']) delete doc[link];
  docs.push(...namesakes(docs));
  const fields = new Map<string, Set<string>>();
  const trial = smallSite({ docs, fields }, setup, time);
  trial.as('office@example.com').insert('Sales Order', orderValues(trial, 0));
  for (const { name } of trial.engine.metadata.all()) for (const doc of trial.documents(name)) noteFields(trial, doc, fields);
  const site = smallSite({ docs, fields }, setup, time);
  const order = site.as('office@example.com').insert('Sales Order', orderValues(site, 0));
  const device = new Device({ site, time, profile });
  await device.useProfile();
  await device.engine.start();
  await device.settle();
  device.engine.stop();
  const { documents, cursors, doctypes } = device.cache;
  await documents.delete(['Sales Order', order.name]);
  return {
    docs,
    fields,
    kept: { documents: await documents.toArray(), cursors: await cursors.toArray(), doctypes: await doctypes.toArray() },
  };
}

function noteFields(site: DemoSite, doc: Doc, fields: Map<string, Set<string>>): void {
  for (const { meta, entity } of partsOf(site.engine, metaOf(site.engine, doc.doctype), doc)) {
    const known = fields.get(meta.name) ?? new Set(typed);
    for (const [fieldname, value] of Object.entries(entity)) if (value !== null && value !== '') known.add(fieldname);
    fields.set(meta.name, known);
  }
}

/** A device that was used before has this company already. */
export async function fill(device: Device, { kept }: Template): Promise<void> {
  await device.cache.documents.bulkPut(kept.documents);
  await device.cache.cursors.bulkPut(kept.cursors);
  await device.cache.doctypes.bulkPut(kept.doctypes);
}

export const profile = ['Customer', 'Item', 'Sales Order'];
/** Fields that people, or the server behind their backs, fill in. */
const typed = [
  'delivered_qty',
  'per_billed',
  'po_no',
  'terms',
  'website',
  'customer_details',
  'description',
  'additional_notes',
  'amended_from',
];
/** Each child table costs a request a page: the others of the profile's DocTypes are left out. */
const tables = new Set(['items', 'taxes', 'payment_schedule', 'accounts', 'uoms']);
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
export function smallSite({ docs, fields }: Pick<Template, 'docs' | 'fields'>, setup: Setup, time: VirtualTime): DemoSite {
  const site = createDemoSite({ now: time.now, company: 'none', seed: 11 });
  const { metadata } = site.engine;
  for (const { name } of metadata.all()) {
    const known = fields.get(name);
    const wanted = ({ fieldname, fieldtype }: DocField): boolean =>
      (fieldtype === 'Table' && profile.includes(name) ? tables.has(fieldname) : known?.has(fieldname)) ?? true;
    if (known !== undefined || profile.includes(name))
      metadata.change(name, (meta) => ({ ...meta, fields: meta.fields.filter((field) => field.reqd === 1 || wanted(field)) }));
  }
  for (const name of ['Customer', 'Sales Order'])
    metadata.change(name, (meta) => ({ ...meta, fields: [...meta.fields, hookNote, ...(setup.unique ? [uniqueField] : [])] }));
  // Stored documents are replaced, never changed.
  site.load(docs);
  if (setup.workflow) addWorkflow(site);
  return site;
}

const hookNote: DocField = { fieldname: 'hook_note', label: 'Hook Note', fieldtype: 'Data', read_only: 1, no_copy: 1 };
const uniqueField: DocField = {
  fieldname: markerField,
  label: 'Fieldbook',
  fieldtype: 'Data',
  unique: 1,
  no_copy: 1,
  hidden: 1,
  read_only: 1,
};

export const workflowField = 'workflow_state';
/** Each step leads on. */
export const workflowStates = ['New', 'Checked', 'Approved', 'Closed'];

function addWorkflow(site: DemoSite): void {
  const steps = workflowStates.slice(0, -1).map((state, position) => ({
    name: '',
    state,
    action: `To ${workflowStates[position + 1]}`,
    next_state: workflowStates[position + 1] ?? '',
    allowed: 'All',
  }));
  const bare = (doctype: string, name: string): Doc => ({ doctype, name, modified: site.clock.stamp() });
  site.load([
    ...workflowStates.map((state) => bare('Workflow State', state)),
    ...steps.map(({ action }) => bare('Workflow Action Master', action)),
  ]);
  site.as('Administrator').insert('Workflow', {
    workflow_name: 'Customers',
    document_type: 'Customer',
    workflow_state_field: workflowField,
    is_active: 1,
    states: workflowStates.map((state) => ({ name: '', state, doc_status: '0', allow_edit: 'All' })),
    transitions: steps,
  });
  for (const customer of site.documents('Customer'))
    site.setSilently('Customer', customer.name, { [workflowField]: workflowStates[0] ?? '' });
}

/** A Supplier of each Customer's name: their rows lie in one table. */
function namesakes(docs: Doc[]): Doc[] {
  const of = (doctype: string): Doc[] => docs.filter((doc) => doc.doctype === doctype);
  const [company, account] = [of('Company')[0]?.name ?? '', of('Account')[0]?.name ?? ''];
  return of('Customer').map((customer, position) => {
    const place = { parent: customer.name, parentfield: 'accounts', parenttype: 'Supplier' };
    const rows = [{ ...place, name: `namesake${position}`, idx: 1, owner: 'Administrator', company, account }];
    const supplier: Doc = { ...customer, doctype: 'Supplier', accounts: rows };
    return supplier;
  });
}

/** Orders of a few rows each that were made before the day begins, drafts and others. */
export function addOrders(site: DemoSite, random: Random, makers: readonly string[]): void {
  for (let left = random.int(0, 3); left > 0; left -= 1) {
    const first = random.int(0, 50);
    const items = Array.from({ length: random.int(1, 3) }, (_, row) => rowsOf(orderValues(site, first + row), 'items')).flat();
    const maker = site.as(random.pick(makers));
    const { name } = maker.insert('Sales Order', { ...orderValues(site, first), items });
    if (random.chance(0.3)) {
      maker.submit('Sales Order', name);
      if (random.chance(0.5)) maker.cancel('Sales Order', name);
    }
  }
}

/** So many items were written by one statement: they share a `modified`. */
export function importItems(site: DemoSite, length: number): void {
  const modified = site.clock.stamp();
  const [first] = site.documents('Item');
  if (first === undefined) return;
  const one = { ...first, ...Object.fromEntries(tableFields(first).map((table) => [table, []])) };
  site.load(
    Array.from({ length }, (_, number) => ({
      ...one,
      name: `IMPORT-${number}`,
      item_code: `IMPORT-${number}`,
      modified,
      disabled: 1,
    })),
  );
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
