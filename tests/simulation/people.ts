import { AppError } from '@shared/errors';
import { rowsOf } from '@shared/erp/document';
import type { ChildRow, Doc } from '@shared/erp/document';
import { isTemporaryName } from '@shared/erp/temporary-name';
import { siteTime } from '@shared/sync/site-time';
import { writesDocument } from '@shared/sync/entry-state';
import type { OutboxEntry } from '@shared/sync/outbox-entry';
import { docOf, baseOf } from '../../renderer/cache/document-row';
import { listOutbox, undo } from '../../renderer/cache/outbox';
import { record } from '../../renderer/cache/record';
import type { Change } from '../../renderer/cache/record';
import type { DocumentRow } from '../../renderer/cache/rows';
import type { DemoSite } from '../../electron/demo/site';
import { FrappeError } from '../../electron/demo/engine/errors';
import type { Random } from '../../electron/demo/engine/random';
import type { Device } from '../support/device';
import { orderValues } from './company';
import type { Look, Witness } from './witness';

const freeFields: Record<string, string[]> = {
  Customer: ['website', 'customer_details'],
  'Sales Order': ['po_no', 'terms'],
  Item: ['description'],
};

/** What the person at one device does next: a save, a file, a submit, or second thoughts. */
export async function act(device: Device, site: DemoSite, random: Random, witness: Witness): Promise<string> {
  const doing = random.pick(actions);
  try {
    const before = witness.intents.length;
    await doing.run(device, site, random, witness);
    const [saved] = witness.intents.slice(before);
    return saved === undefined
      ? doing.name
      : `${doing.name} ${saved.doctype} ${saved.fieldname ?? ''} ${saved.token} in ${saved.entry?.slice(0, 8) ?? 'nothing'}`;
  } catch (thrown) {
    const error = AppError.from(thrown);
    // A change that cannot follow what is queued is refused to the person, who then knows that it was not saved.
    if (error.code !== 'refused' && error.code !== 'not-found') throw thrown;
    return `${doing.name} (refused)`;
  }
}

type Action = { name: string; run: (device: Device, site: DemoSite, random: Random, witness: Witness) => Promise<void> };

const save = (device: Device, change: Change) => record(device.ports, change);

const actions: Action[] = [
  { name: 'new customer', run: newCustomer },
  { name: 'new order', run: newOrder },
  { name: 'new order', run: newOrder },
  { name: 'edit', run: editField },
  { name: 'edit', run: editField },
  { name: 'edit', run: editField },
  { name: 'edit rows', run: editRows },
  { name: 'edit rows', run: editRows },
  { name: 'submit', run: submit },
  { name: 'cancel', run: cancel },
  { name: 'delete', run: remove },
  { name: 'comment', run: comment },
  { name: 'attach', run: attach },
  { name: 'undo', run: takeBack },
];

async function newCustomer(device: Device, _site: DemoSite, _random: Random, witness: Witness): Promise<void> {
  const token = witness.token('customer');
  const intent = witness.intends(device, { token, kind: 'create', doctype: 'Customer', name: '' });
  const saved = await save(device, {
    kind: 'create',
    doctype: 'Customer',
    values: { customer_name: token, customer_type: 'Company', website: token },
  });
  Object.assign(intent, saved);
}

async function newOrder(device: Device, site: DemoSite, random: Random, witness: Witness): Promise<void> {
  const token = witness.token('order');
  const values = orderValues(site, random.int(0, 50));
  const customers = await rows(device, 'Customer');
  if (customers.length === 0) return;
  values.customer = random.pick(customers).name;
  const intent = witness.intends(device, { token, kind: 'create', doctype: 'Sales Order', name: '' });
  const saved = await save(device, { kind: 'create', doctype: 'Sales Order', values: { ...values, po_no: token } });
  Object.assign(intent, saved);
}

async function editField(device: Device, _site: DemoSite, random: Random, witness: Witness): Promise<void> {
  const row = await some(device, random, ['Customer', 'Sales Order']);
  if (row === null) return;
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
    await save(device, { kind: 'update', doctype: row.doctype, name: row.name, from: doc, values: { ...doc, [fieldname]: token } })
  ).entry;
}

async function editRows(device: Device, site: DemoSite, random: Random, witness: Witness): Promise<void> {
  const row = await some(device, random, ['Sales Order']);
  if (row === null) return;
  const doc = docOf(row);
  const items = rowsOf(doc, 'items');
  const token = witness.token('row');
  const [item] = rowsOf(orderValues(site, random.int(0, 50)), 'items');
  if (item === undefined) return;
  const [first, ...rest] = items;
  const edited =
    random.chance(0.5) || first === undefined
      ? [...items, { ...item, description: token }]
      : random.chance(0.3) && rest.length > 0
        ? rest.map((each, position) => (position === 0 ? { ...each, description: token } : each))
        : [{ ...first, description: token }, ...rest];
  const intent = witness.intends(device, { token, kind: 'row', doctype: row.doctype, name: row.name });
  intent.entry = (
    await save(device, { kind: 'update', doctype: row.doctype, name: row.name, from: doc, values: { ...doc, items: edited } })
  ).entry;
}

/** Told before the save, which may crash and be done all the same. */
async function looks(device: Device, witness: Witness, kind: Look['kind'], row: DocumentRow): Promise<void> {
  const entries = (await listOutbox(device.cache)).filter((entry) => entry.doctype === row.doctype && entry.name === row.name);
  const writes = entries.filter(writesDocument);
  // A delete takes back what is queued: the server's version is what it is compared with.
  const doc = kind === 'delete' ? (baseOf(row) ?? docOf(row)) : writes.length > 0 ? null : docOf(row);
  // What was typed over since is not seen any more.
  const shown = JSON.stringify(docOf(row));
  const seen = witness.intents.filter(({ token }) => shown.includes(token));
  const pending = writes.flatMap((entry) =>
    seen.flatMap(({ token }) => (JSON.stringify(entry.operation).includes(token) ? [{ token, entry: entry.id }] : [])),
  );
  witness.looks.push({ device, kind, doctype: row.doctype, name: row.name, doc, pending });
}

const beheld = (row: DocumentRow): string | null => docOf(row).modified ?? null;

async function submit(device: Device, _site: DemoSite, random: Random, witness: Witness): Promise<void> {
  const row = await some(device, random, ['Sales Order'], (doc) => (doc.docstatus ?? 0) === 0);
  if (row === null) return;
  await looks(device, witness, 'submit', row);
  await save(device, { kind: 'submit', doctype: row.doctype, name: row.name, beheld: beheld(row) });
}

async function cancel(device: Device, _site: DemoSite, random: Random, witness: Witness): Promise<void> {
  const row = await some(device, random, ['Sales Order'], (doc) => doc.docstatus === 1);
  if (row === null) return;
  await looks(device, witness, 'cancel', row);
  await save(device, { kind: 'cancel', doctype: row.doctype, name: row.name, beheld: beheld(row) });
}

async function remove(device: Device, _site: DemoSite, random: Random, witness: Witness): Promise<void> {
  const row = await some(device, random, ['Customer', 'Sales Order'], (doc) => (doc.docstatus ?? 0) !== 1);
  if (row === null) return;
  const now = witness.nameNow(row.name);
  const entries = (await listOutbox(device.cache)).filter((entry) => entry.doctype === row.doctype && witness.nameNow(entry.name) === now);
  await looks(device, witness, 'delete', row);
  await givingUp(witness, entries, () => save(device, { kind: 'delete', doctype: row.doctype, name: row.name, beheld: beheld(row) }));
}

/** The entries go with what is done. Known before, since a crash may leave it done without a word; what is refused is still promised. */
async function givingUp(witness: Witness, entries: OutboxEntry[], act: () => Promise<unknown>): Promise<void> {
  const gaveUp = witness.gaveUp(entries);
  try {
    await act();
  } catch (thrown) {
    if (AppError.from(thrown).code === 'refused') gaveUp.forEach((id) => witness.givenUp.delete(id));
    throw thrown;
  }
}

async function comment(device: Device, _site: DemoSite, random: Random, witness: Witness): Promise<void> {
  const row = await some(device, random, ['Customer', 'Sales Order']);
  if (row === null) return;
  const token = witness.token('comment');
  const intent = witness.intends(device, { token, kind: 'comment', doctype: row.doctype, name: row.name });
  intent.entry = (await save(device, { kind: 'comment', doctype: row.doctype, name: row.name, content: token })).entry;
}

async function attach(device: Device, _site: DemoSite, random: Random, witness: Witness): Promise<void> {
  const row = await some(device, random, ['Customer', 'Sales Order']);
  if (row === null) return;
  const token = witness.token('file');
  const bytes = new TextEncoder().encode(token);
  // The beginning of a JPEG is enough for a server that rewrites its head.
  const [ending, type] = random.chance(0.4) ? ['jpg', 'image/jpeg'] : ['txt', 'text/plain'];
  const file = device.keepFile(ending === 'jpg' ? Uint8Array.of(0xff, 0xd8, 0xff, 0xda, ...bytes) : bytes, type);
  const intent = witness.intends(device, { token, kind: 'file', doctype: row.doctype, name: row.name });
  intent.entry = (
    await save(device, { kind: 'attach', doctype: row.doctype, name: row.name, file, fileName: `${token}.${ending}`, isPrivate: true })
  ).entry;
}

async function takeBack(device: Device, _site: DemoSite, random: Random, witness: Witness): Promise<void> {
  const open = (await listOutbox(device.cache)).filter((entry) => entry.state.at !== 'parked');
  if (open.length === 0) return;
  const entry = random.pick(open);
  const following = (await listOutbox(device.cache)).filter((other) => other.doctype === entry.doctype && other.name === entry.name);
  await givingUp(witness, entry.operation.kind === 'create' ? following : [entry], () => undo(device.ports, entry.id));
  witness.undone.add(entry.id);
}

const rows = (device: Device, doctype: string): Promise<DocumentRow[]> =>
  device.cache.documents.where('[doctype+name]').between([doctype, ''], [doctype, []]).toArray();

async function some(
  device: Device,
  random: Random,
  doctypes: string[],
  fits: (doc: Doc) => boolean = (doc) => (doc.docstatus ?? 0) === 0,
): Promise<DocumentRow | null> {
  const all = (await rows(device, random.pick(doctypes))).filter((row) => row.deleting !== 1 && fits(docOf(row)));
  return all.length === 0 ? null : atWorkOn(all, random);
}

/** Half of the time what was made here and is not sent yet, or what anybody changed last. */
function atWorkOn<T extends { name: string; modified?: string }>(documents: T[], random: Random): T {
  const age = ({ name, modified = '' }: T): string => `${modified} ${name}`;
  const newest = (): T[] => documents.toSorted((a, b) => (age(a) < age(b) ? 1 : -1)).slice(0, 3);
  return random.pick(random.chance(0.5) ? newest() : documents);
}

const permission = 'one customer only';

/** From now on the person in the field sees this customer, and what belongs to it. */
function narrow(site: DemoSite, customer: string): void {
  const whose = { user: 'field@example.com', allow: 'Customer', for_value: customer, apply_to_all_doctypes: 1 };
  site.load([{ doctype: 'User Permission', name: permission, ...whose }]);
}

export const widen = (site: DemoSite): void => site.engine.store.remove('User Permission', permission);

/** A row more, a row less, or other words in the first. */
function otherRows(site: DemoSite, doc: Doc, random: Random, witness: Witness): ChildRow[] {
  const items = rowsOf(doc, 'items');
  const [first, ...rest] = items;
  if (first !== undefined && rest.length > 0 && random.chance(0.4)) return rest;
  const token = witness.token('officerow');
  if (first !== undefined && random.chance(0.4)) return [{ ...first, description: token }, ...rest];
  return [...items, ...rowsOf(orderValues(site, random.int(0, 50)), 'items').map((row) => ({ ...row, description: token }))];
}

/** What somebody in the office does directly on the server. */
export function officeActs(site: DemoSite, random: Random, witness: Witness): string {
  const office = site.as('office@example.com');
  const doctype = random.pick(['Customer', 'Customer', 'Sales Order', 'Sales Order']);
  const docs = site.documents(doctype).filter((doc) => !isTemporaryName(doc.name));
  if (docs.length === 0) return 'nothing';
  const doc = atWorkOn(docs, random);
  try {
    switch (random.int(0, 14)) {
      case 0:
        if ((doc.docstatus ?? 0) === 1) return 'nothing';
        office.delete(doctype, doc.name);
        witness.removed(doc);
        witness.gone.set(`${doctype}\n${doc.name}`, site.clock.now());
        return `office deletes ${doctype}`;
      case 1:
        if (doctype !== 'Customer') return 'nothing';
        witness.gone.set(`${doctype}\n${doc.name}`, site.clock.now());
        witness.renames.set(doc.name, site.as('Administrator').rename('Customer', doc.name, `${doc.name} R${random.int(1, 99)}`));
        return 'office renames a customer';
      case 2:
        if (doctype !== 'Sales Order') return 'nothing';
        witness.silently.set(doc.name, site.clock.now());
        site.setSilently(doctype, doc.name, {
          ...doc,
          per_billed: random.int(1, 100),
          items: rowsOf(doc, 'items').map((row) => ({ ...row, delivered_qty: random.int(1, 100) })),
        });
        return 'the server writes silently';
      case 3:
        office.insert('Sales Order', orderValues(site, random.int(0, 50)));
        return 'office makes an order';
      case 4: {
        const late = office.insert('Sales Order', orderValues(site, random.int(0, 50)));
        // Saved a while ago, and committed only now.
        const modified = `${siteTime(site.clock.now() - random.int(1, 240) * 1000, site.clock.timeZone)}.${random.int(100_000, 999_999)}`;
        site.setSilently('Sales Order', late.name, { ...late, modified });
        return 'an order of the office is committed late';
      }
      case 5:
        if (doctype !== 'Sales Order' || (doc.docstatus ?? 0) !== 0) return 'nothing';
        office.submit(doctype, doc.name);
        return 'office submits an order';
      case 8:
        if (doctype !== 'Customer' || random.chance(0.5)) return 'nothing';
        narrow(site, doc.name);
        witness.hidden = true;
        return 'somebody may see one customer only';
      case 6:
      case 7:
        if (doctype !== 'Sales Order' || (doc.docstatus ?? 0) !== 0) return 'nothing';
        office.update(doctype, doc.name, { items: otherRows(site, doc, random, witness) });
        return 'office edits rows';
      default: {
        if ((doc.docstatus ?? 0) !== 0) return 'nothing';
        const fieldname = random.pick(freeFields[doctype] ?? []);
        const token = witness.token('office');
        office.update(doctype, doc.name, { [fieldname]: token });
        return `office edits ${doctype}.${fieldname}`;
      }
    }
  } catch (thrown) {
    if (thrown instanceof FrappeError) return `office refused (${thrown.excType})`;
    throw thrown;
  }
}
