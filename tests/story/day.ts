import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { rewriteJpeg } from '../../electron/demo/rest/jpeg';
import { addDays } from '../../shared/erp/calendar';
import { rowsOf } from '../../shared/erp/document';
import type { Doc } from '../../shared/erp/document';
import { isJpeg, uploadName } from '../../shared/sync/upload-name';
import { keptDocuments } from './device';
import { sha256 } from './office';
import type { Office } from './office';
import { photo, pdf } from './papers';
import { DocumentScreen } from './screens/document';
import { Shell } from './screens/shell';
import { SignInScreen } from './screens/sign-in';
import { SyncCentre } from './screens/sync-centre';
import { judge } from './verdict';
import type { ColleaguesDeed, Deed, Edit, Verdict } from './verdict';

export type DayOptions = {
  page: Page;
  office: Office;
  /** Told after each step, e.g. to print a line or take a picture. */
  onStep(step: { id: string; says: string }): Promise<void> | void;
};

const newCustomer = 'Harbour Light Bakery';
const purchaseOrder = 'HLB-2041';
const fieldUser = 'field@example.com';
const colleague = 'office@example.com';

/**
 * A day in the field, played in the real app: sign in, download, lose the network, look up, edit, create, attach,
 * come back and reconcile while a colleague works too. Returns what the server says of it.
 */
export async function playDay({ page, office, onStep }: DayOptions): Promise<Verdict> {
  const shell = new Shell(page);
  const form = new DocumentScreen(page);
  const centre = new SyncCentre(page);
  const cast = chooseCast(office);
  const before = office.hold();
  const deeds: Deed[] = [];
  const colleagues: ColleaguesDeed[] = [];
  let offlineLookups = 0;
  const done = (id: string, says: string) => onStep({ id, says });

  await new SignInScreen(page).signIn(office.url, office.person(fieldUser));
  await expect(page.getByRole('heading', { name: 'Sign in to ERPNext' })).toHaveCount(0);
  await done('signed-in', `Signed in as ${fieldUser}`);

  await shell.go('/get-ready');
  await shell.expectSync(/^Up to date/, 180_000);
  const kept = await keptDocuments(page);
  const downloaded = kept.filter(({ doctype, name, modified }) => office.site.document(doctype, name)?.modified === modified).length;
  await done('ready', `${downloaded} documents are on the device as the server has them`);

  await office.cut();
  await centre.syncNow();
  await shell.expectSync(/^Offline/);
  await done('offline', 'The network is gone');

  await expect(await shell.find(cast.customer.name)).not.toHaveCount(0);
  await page.keyboard.press('Escape');
  offlineLookups += 1;
  for (const order of [cast.draft, cast.contested]) {
    await shell.openDocument('Sales Order', order.name);
    await expect(form.title).toContainText(String(order['customer_name']));
    await expect(
      form
        .field('items')
        .getByRole('gridcell', { name: `Item Code: ${firstItem(order)}` })
        .first(),
    ).toBeVisible();
    offlineLookups += 1;
  }
  await done('looked-up', `${offlineLookups} look-ups without a network`);

  await shell.openDocument('Customer', cast.customer.name);
  await form.openSection('More Information');
  await form.type('website', 'https://example.com/harbour');
  await form.save();
  deeds.push(edit(cast.customer, { website: 'https://example.com/harbour' }));

  await shell.openDocument('Sales Order', cast.draft.name);
  await form.typeCell('items', 0, 'Quantity', '7');
  await form.save();
  deeds.push(edit(cast.draft, { total_qty: 10, grand_total: 200, items: [7, 3].map((qty) => ({ qty, rate: 20, amount: qty * 20 })) }));

  await shell.openDocument('Sales Order', cast.contested.name);
  await form.type('po_no', 'MINE-1');
  await form.save();
  deeds.push(edit(cast.contested, { po_no: 'MINE-1' }));
  await done('edited', 'A customer and two orders edited, offline');

  await shell.go('/new/Customer');
  await form.type('customer_name', newCustomer);
  await form.save();
  const madeHere = { owner: fieldUser, docstatus: 0 };
  const customerValues = { customer_name: newCustomer, ...madeHere };
  deeds.push({ what: `the customer ${newCustomer}`, kind: 'create', doctype: 'Customer', by: 'customer_name', values: customerValues });
  await done('customer', `New customer ${newCustomer}, offline`);

  await shell.go('/new/Sales%20Order');
  await form.link('customer', newCustomer);
  await form.type('po_no', purchaseOrder);
  await form.type('delivery_date', cast.deliveryDate);
  await form.addRow('items');
  for (const [index, item] of cast.items.entries()) {
    if (index > 0) await form.addRow('items');
    await form.linkCell('items', index, 'Item Code', item.name);
    await form.typeCell('items', index, 'Quantity', String(index + 2));
    await form.typeCell('items', index, 'Rate', '12.50');
  }
  await form.save();
  const ordered = cast.items.map(({ name }, index) => ({ item_code: name, qty: index + 2, rate: 12.5, delivery_date: cast.deliveryDate }));
  // A Customer is named by its name.
  const orderValues = { customer: newCustomer, po_no: purchaseOrder, delivery_date: cast.deliveryDate, items: ordered, ...madeHere };
  deeds.push({ what: `the order ${purchaseOrder}`, kind: 'create', doctype: 'Sales Order', by: 'po_no', values: orderValues });
  await done('order', 'New order for the new customer, offline');

  const papers = [pdf('delivery-terms.pdf'), photo('pallet.jpg')];
  await form.drop(papers);
  await form.openTab('Attachments and activity');
  for (const paper of papers) await expect(page.getByText(paper.name, { exact: true })).toBeVisible();
  for (const { name, type, bytes } of papers) {
    // The server rewrites JPEGs, and their name tells them apart.
    const stored = isJpeg(name, type) ? rewriteJpeg(bytes) : bytes;
    const names = { fileName: uploadName(name, type, sha256(bytes)), sha256: sha256(stored ?? bytes) };
    deeds.push({ what: `${name} on the new order`, kind: 'attach', doctype: 'Sales Order', by: 'po_no', value: purchaseOrder, ...names });
  }
  await done('attached', `${papers.length} files dropped on the new order, offline`);

  colleagues.push(
    { ...edit(cast.customer, { customer_details: 'Rings twice' }), until: 'end' },
    { ...edit(cast.contested, { po_no: 'THEIRS-1' }), until: 'decided' },
  );
  for (const { doctype, name, values } of colleagues) office.site.as(colleague).update(doctype, name, values);
  await done('meanwhile', 'Meanwhile a colleague edits the same customer and one of the orders');

  await centre.open('waiting');
  await done('waiting', `${deeds.length} changes wait, and the sync centre says for what`);

  await office.restore();
  await centre.syncNow();
  await shell.expectSync(/needs? you/);
  await centre.open('needs-you');
  await expect(page.getByRole('button', { name: 'All mine' })).toBeVisible();
  const needsYou = await page.getByRole('button', { name: 'Use these values' }).count();
  const undecided = office.hold();
  await done('conflict', 'Back online: one clash waits for a decision, nothing was overwritten');

  await centre.takeAllMine();
  await shell.expectSync(/^Up to date/, 120_000);
  await centre.open('done');
  await done('reconciled', 'Everything reached the office');

  return judge({
    ...{ before, undecided, after: office.hold(), deeds, colleagues },
    ...{ kept: kept.length, downloaded, offlineLookups, needsYou, clashes: 1 },
    computed: (doctype, path) => office.computed(doctype, path),
  });
}

/** A day of which the server has everything, once, with nothing of the colleague's gone. */
export function expectWholeDay({ reckoning, complaints }: Verdict): void {
  expect(complaints).toEqual([]);
  expect(reckoning).toMatchObject({
    offlineChanges: 7,
    reconciled: 7,
    attachments: 2,
    lost: 0,
    duplicated: 0,
    overwritten: 0,
    needsYou: 1,
  });
  expect(reckoning.downloaded).toBeGreaterThan(1000);
}

type Cast = { customer: Doc; draft: Doc; contested: Doc; items: [Doc, Doc]; deliveryDate: string };

/** The documents of the story: masters that the company has, and two drafts that a colleague left this morning. */
function chooseCast({ site }: Office): Cast {
  const [customer, buyer] = site.documents('Customer');
  const [first, second] = site
    .documents('Item')
    .filter((doc) => doc['is_sales_item'] === 1 && doc['is_stock_item'] === 1 && doc['disabled'] !== 1);
  if (!customer || !buyer || !first || !second) throw new Error('The company of this seed is too small for the story.');
  const deliveryDate = addDays(site.clock.date(), 30);
  const draft = (): Doc =>
    site.as(colleague).insert('Sales Order', {
      customer: buyer.name,
      company: site.documents('Company')[0]?.name ?? '',
      delivery_date: deliveryDate,
      items: [first, second].map((item) => ({ item_code: item.name, qty: 3, rate: 20, delivery_date: deliveryDate })),
    });
  return { customer, draft: draft(), contested: draft(), items: [first, second], deliveryDate };
}

const firstItem = (doc: Doc): string => String(rowsOf(doc, 'items')[0]?.['item_code']);
const edit = ({ doctype, name }: Doc, values: Edit['values']): Edit => ({
  what: `${Object.keys(values).join(', ')} of ${doctype} ${name}`,
  ...{ kind: 'edit', doctype, name, values },
});
