import { rowsOf } from '@shared/erp/document';
import type { ChildRow, Doc } from '@shared/erp/document';
import { isTemporaryName } from '@shared/erp/temporary-name';
import { markerField } from '@shared/sync/marker';
import { siteTime } from '@shared/sync/site-time';
import { FrappeError } from '../../../electron/demo/engine/errors';
import type { Random } from '../../../electron/demo/engine/random';
import type { DemoSite } from '../../../electron/demo/site';
import { orderValues } from '../company';
import { pickWeighed } from '../weighed';
import type { Witness } from '../witness';
import { freeFields } from './edits';
import { atWorkOn } from './scene';

type Office = { site: DemoSite; random: Random; witness: Witness };

/** `on`: the DocTypes that it is about. */
type Act = { name: string; on?: 'Customer' | 'Sales Order'; often?: number; run: (office: Office, doc: Doc) => void };

const officer = ({ site }: Office) => site.as('office@example.com');

const isDraft = (doc: Doc): boolean => (doc.docstatus ?? 0) === 0;

const goes = ({ site, witness }: Office, doc: Doc): void => witness.goes(doc, site.clock.now());

const acts: Act[] = [
  { name: 'deletes', run: removes },
  { name: 'renames', on: 'Customer', often: 2, run: renames },
  { name: 'writes silently', on: 'Sales Order', often: 2, run: writesSilently },
  { name: 'makes an order', run: (office) => void makesOrder(office) },
  { name: 'commits an order late', run: commitsLate },
  { name: 'submits', on: 'Sales Order', often: 2, run: submits },
  { name: 'hides all but one', on: 'Customer', run: hides },
  { name: 'edits rows', on: 'Sales Order', often: 4, run: editsRows },
  { name: 'edits', often: 6, run: edits },
];

export const officeActs: readonly string[] = acts.map(({ name }) => name);

/** What somebody in the office does directly on the server. `among`: what they do in this run. */
export function theOfficeActs(office: Office, among: readonly string[]): string {
  const { site, random } = office;
  const possible = acts.filter(({ name }) => among.includes(name));
  const act = pickWeighed(random, possible, ({ often }) => often);
  const doctype = act.on ?? random.pick(['Customer', 'Sales Order'] as const);
  const docs = site.documents(doctype).filter((doc) => !isTemporaryName(doc.name));
  if (docs.length === 0) return 'nothing';
  const doc = atWorkOn(docs, random);
  try {
    act.run(office, doc);
    return `office ${act.name} (${doc.name})`;
  } catch (thrown) {
    if (thrown instanceof FrappeError) return `office ${act.name}: refused (${thrown.excType})`;
    throw thrown;
  }
}

function removes(office: Office, doc: Doc): void {
  if (doc.docstatus === 1) return;
  officer(office).delete(doc.doctype, doc.name);
  office.witness.removed(doc);
  goes(office, doc);
}

function renames(office: Office, doc: Doc): void {
  const { site, random, witness } = office;
  goes(office, doc);
  witness.renames.set(doc.name, site.as('Administrator').rename('Customer', doc.name, `${doc.name} R${random.int(1, 99)}`));
}

function writesSilently({ site, random, witness }: Office, doc: Doc): void {
  witness.silently.set(doc.name, site.clock.now());
  site.setSilently(doc.doctype, doc.name, {
    ...doc,
    // Of the two only this one is in lists: a value that it never had.
    per_billed: Number(doc['per_billed'] ?? 0) + random.int(1, 99) / 1000,
    items: rowsOf(doc, 'items').map((row) => ({ ...row, delivered_qty: random.int(1, 100) })),
  });
}

const makesOrder = (office: Office): Doc => officer(office).insert('Sales Order', orderValues(office.site, office.random.int(0, 50)));

/** Saved a while ago, and committed only now. */
function commitsLate(office: Office): void {
  const { site, random } = office;
  const late = makesOrder(office);
  const modified = `${siteTime(site.clock.now() - random.int(1, 240) * 1000, site.clock.timeZone)}.${random.int(100_000, 999_999)}`;
  site.setSilently('Sales Order', late.name, { ...late, modified });
}

function submits(office: Office, doc: Doc): void {
  if (isDraft(doc)) officer(office).submit(doc.doctype, doc.name);
}

const permission = 'one customer only';

/** From now on the person in the field sees this customer, and what belongs to it. */
function hides({ site, witness }: Office, doc: Doc): void {
  const whose = { user: 'field@example.com', allow: 'Customer', for_value: doc.name, apply_to_all_doctypes: 1 };
  site.load([{ doctype: 'User Permission', name: permission, ...whose }]);
  witness.hidden = true;
  // A unique field forbids a second one, whoever may see the first.
  if (site.engine.metadata.get('Sales Order')?.byName.has(markerField)) return;
  witness.hides(site.documents('Customer').filter(({ name }) => name !== doc.name));
  witness.hides(site.documents('Sales Order').filter(({ customer }) => customer !== doc.name));
}

export const widen = (site: DemoSite): void => site.engine.store.remove('User Permission', permission);

function editsRows(office: Office, doc: Doc): void {
  if (isDraft(doc)) officer(office).update(doc.doctype, doc.name, { items: otherRows(office, doc) });
}

/** A row more, a row less, or other words in the first. */
function otherRows({ site, random, witness }: Office, doc: Doc): ChildRow[] {
  const items = rowsOf(doc, 'items');
  const [first, ...rest] = items;
  if (first !== undefined && rest.length > 0 && random.chance(0.4)) return rest;
  const token = witness.token('officerow');
  if (first !== undefined && random.chance(0.4)) return [{ ...first, description: token }, ...rest];
  return [...items, ...rowsOf(orderValues(site, random.int(0, 50)), 'items').map((row) => ({ ...row, description: token }))];
}

function edits(office: Office, doc: Doc): void {
  if (!isDraft(doc)) return;
  const fieldname = office.random.pick(freeFields[doc.doctype] ?? []);
  officer(office).update(doc.doctype, doc.name, { [fieldname]: office.witness.token('office') });
}
