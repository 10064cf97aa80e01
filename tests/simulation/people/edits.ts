import { rowsOf } from '@shared/erp/document';
import { temporaryName } from '@shared/erp/temporary-name';
import { amend } from '@shared/form/amend';
import { readDocType } from '../../../renderer/cache/doctypes';
import { baseOf, docOf } from '../../../renderer/cache/document-row';
import { orderValues } from '../company';
import { NothingToDo, rowsAt, save, some } from './scene';
import type { Scene } from './scene';

export const freeFields: Record<string, string[]> = {
  Customer: ['website', 'customer_details'],
  'Sales Order': ['po_no', 'terms'],
  Item: ['description'],
};

export async function newCustomer(scene: Scene): Promise<void> {
  const { device, witness } = scene;
  const token = witness.token('customer');
  const intent = witness.intends(device, { token, kind: 'create', doctype: 'Customer', name: '' });
  const saved = await save(scene, {
    kind: 'create',
    doctype: 'Customer',
    values: { customer_name: token, customer_type: 'Company', website: token },
  });
  Object.assign(intent, saved);
}

export async function newOrder(scene: Scene): Promise<void> {
  const { device, site, random, witness } = scene;
  const token = witness.token('order');
  const values = orderValues(site, random.int(0, 50));
  const customers = await rowsAt(device, 'Customer');
  if (customers.length === 0) throw new NothingToDo();
  values.customer = random.pick(customers).name;
  const intent = witness.intends(device, { token, kind: 'create', doctype: 'Sales Order', name: '' });
  const saved = await save(scene, { kind: 'create', doctype: 'Sales Order', values: { ...values, po_no: token } });
  Object.assign(intent, saved);
}

/** A cancelled order is made anew, with words of its own in its rows. */
export async function amendOrder(scene: Scene): Promise<void> {
  const { device, random, witness } = scene;
  const row = await some(scene, ['Sales Order'], (doc) => doc.docstatus === 2);
  const bundle = await readDocType(device.cache, 'Sales Order');
  if (bundle === undefined) throw new NothingToDo();
  const token = witness.token('order');
  const values = amend(bundle, docOf(row), () => temporaryName(random.hash(12)));
  const items = rowsOf(values, 'items').map((item) => ({ ...item, description: 'amended' }));
  const intent = witness.intends(device, { token, kind: 'create', doctype: 'Sales Order', name: '' });
  const saved = await save(scene, { kind: 'create', doctype: 'Sales Order', values: { ...values, items, po_no: token } });
  Object.assign(intent, saved);
}

export async function editField(scene: Scene): Promise<void> {
  const { device, random, witness } = scene;
  const row = await some(scene, ['Customer', 'Sales Order']);
  const doc = docOf(row);
  const fieldname = random.pick(freeFields[row.doctype] ?? []);
  const token = witness.token('edit');
  const intent = witness.intends(device, {
    token,
    kind: 'field',
    doctype: row.doctype,
    name: row.name,
    fieldname,
    seen: (baseOf(row) ?? doc)[fieldname] ?? null,
  });
  intent.entry = (
    await save(scene, { kind: 'update', doctype: row.doctype, name: row.name, from: doc, values: { ...doc, [fieldname]: token } })
  ).entry;
}

export async function editRows(scene: Scene): Promise<void> {
  const { device, site, random, witness } = scene;
  const row = await some(scene, ['Sales Order']);
  const doc = docOf(row);
  const items = rowsOf(doc, 'items');
  const token = witness.token('row');
  const [item] = rowsOf(orderValues(site, random.int(0, 50)), 'items');
  if (item === undefined) throw new NothingToDo();
  const [first, ...rest] = items;
  const edited =
    random.chance(0.5) || first === undefined
      ? [...items, { ...item, description: token }]
      : random.chance(0.3) && rest.length > 0
        ? rest.map((each, position) => (position === 0 ? { ...each, description: token } : each))
        : [{ ...first, description: token }, ...rest];
  const intent = witness.intends(device, { token, kind: 'row', doctype: row.doctype, name: row.name });
  intent.entry = (
    await save(scene, { kind: 'update', doctype: row.doctype, name: row.name, from: doc, values: { ...doc, items: edited } })
  ).entry;
}

export async function comment(scene: Scene): Promise<void> {
  const { device, witness } = scene;
  const row = await some(scene, ['Customer', 'Sales Order']);
  const token = witness.token('comment');
  const intent = witness.intends(device, { token, kind: 'comment', doctype: row.doctype, name: row.name });
  intent.entry = (await save(scene, { kind: 'comment', doctype: row.doctype, name: row.name, content: token })).entry;
}

export async function attach(scene: Scene): Promise<void> {
  const { device, random, witness } = scene;
  const row = await some(scene, ['Customer', 'Sales Order']);
  const token = witness.token('file');
  const bytes = new TextEncoder().encode(token);
  // The beginning of a JPEG is enough for a server that rewrites its head.
  const [ending, type] = random.chance(0.4) ? ['jpg', 'image/jpeg'] : ['txt', 'text/plain'];
  const file = device.keepFile(ending === 'jpg' ? Uint8Array.of(0xff, 0xd8, 0xff, 0xda, ...bytes) : bytes, type);
  const intent = witness.intends(device, { token, kind: 'file', doctype: row.doctype, name: row.name });
  intent.entry = (
    await save(scene, { kind: 'attach', doctype: row.doctype, name: row.name, file, fileName: `${token}.${ending}`, isPrivate: true })
  ).entry;
}
