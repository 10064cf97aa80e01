import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { addDays } from '../../shared/erp/calendar';
import { rowsOf } from '../../shared/erp/document';
import type { Doc } from '../../shared/erp/document';
import { keptDocuments } from './device';
import { sha256 } from './office';
import type { Office } from './office';
import { photo, pdf } from './papers';
import { reckon } from './reckoning';
import type { ColleaguesDeed, Deed, Reckoning } from './reckoning';
import { DocumentScreen } from './screens/document';
import { Shell } from './screens/shell';
import { SignInScreen } from './screens/sign-in';
import { SyncCentre } from './screens/sync-centre';

export type DayOptions = {
  page: Page;
  office: Office;
  /** Told after each step, e.g. to print a line or take a picture. */
  onStep(step: { id: string; says: string }): Promise<void> | void;
};

/** What the server says of the day, and each deed that it does not hold as it was done. */
export type PlayedDay = { reckoning: Reckoning; complaints: string[] };

const newCustomer = 'Harbour Light Bakery';
const purchaseOrder = 'HLB-2041';
const fieldUser = 'field@example.com';
const colleague = 'office@example.com';

/**
 * A day in the field, played in the real app: sign in, download, lose the network, look up, edit, create, attach,
 * come back and reconcile while a colleague works too. Returns what the server says of it.
 */
export async function playDay({ page, office, onStep }: DayOptions): Promise<PlayedDay> {
  const shell = new Shell(page);
  const form = new DocumentScreen(page);
  const centre = new SyncCentre(page);
  const cast = chooseCast(office);
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
  deeds.push(valueIs('Customer', cast.customer.name, 'website', 'https://example.com/harbour'));

  await shell.openDocument('Sales Order', cast.draft.name);
  await form.typeCell('items', 0, 'Quantity', '7');
  await form.save();
  deeds.push({
    what: `7 of the first item in ${cast.draft.name}`,
    count: ({ site }) => (rowsOf(site.document('Sales Order', cast.draft.name) ?? {}, 'items')[0]?.['qty'] === 7 ? 1 : 0),
  });

  await shell.openDocument('Sales Order', cast.contested.name);
  await form.type('po_no', 'MINE-1');
  await form.save();
  deeds.push(valueIs('Sales Order', cast.contested.name, 'po_no', 'MINE-1'));
  await done('edited', 'A customer and two orders edited, offline');

  await shell.go('/new/Customer');
  await form.type('customer_name', newCustomer);
  await form.save();
  deeds.push({
    what: `the customer ${newCustomer}`,
    count: ({ site }) => site.documents('Customer').filter((doc) => doc['customer_name'] === newCustomer).length,
  });
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
  const ordersOf = (site: Office['site']): Doc[] => site.documents('Sales Order').filter((doc) => doc['po_no'] === purchaseOrder);
  deeds.push({
    what: `the order ${purchaseOrder} of ${newCustomer} with its items`,
    count: ({ site }) =>
      ordersOf(site).filter(
        (doc) => site.document('Customer', String(doc['customer']))?.['customer_name'] === newCustomer && sameItems(doc, cast.items),
      ).length,
  });
  await done('order', 'New order for the new customer, offline');

  const papers = [pdf('delivery-terms.pdf'), photo('pallet.jpg')];
  await form.drop(papers);
  await form.openTab('Attachments and activity');
  for (const paper of papers) await expect(page.getByText(paper.name, { exact: true })).toBeVisible();
  deeds.push(
    {
      what: 'the PDF on the new order',
      count: ({ site }) =>
        ordersOf(site)
          .flatMap((doc) => office.filesOn('Sales Order', doc.name))
          .filter((file) => file.sha256 === sha256(papers[0]?.bytes ?? new Uint8Array())).length,
    },
    {
      // The server rewrites JPEGs: it is told by its name.
      what: 'the photo on the new order',
      count: ({ site }) =>
        ordersOf(site)
          .flatMap((doc) => office.filesOn('Sales Order', doc.name))
          .filter((file) => file.fileName.startsWith('pallet')).length,
    },
  );
  await done('attached', `${papers.length} files dropped on the new order, offline`);

  office.site.as(colleague).update('Customer', cast.customer.name, { customer_details: 'Rings twice' });
  colleagues.push({
    what: 'the note on the customer',
    stands: ({ site }) => site.document('Customer', cast.customer.name)?.['customer_details'] === 'Rings twice',
  });
  office.site.as(colleague).update('Sales Order', cast.contested.name, { po_no: 'THEIRS-1' });
  await done('meanwhile', 'Meanwhile a colleague edits the same customer and one of the orders');

  await centre.open('waiting');
  await done('waiting', `${deeds.length} changes wait, and the sync centre says for what`);

  await office.restore();
  await centre.syncNow();
  await shell.expectSync(/needs? you/);
  await centre.open('needs-you');
  await expect(page.getByRole('button', { name: 'All mine' })).toBeVisible();
  const needsYou = await page.getByRole('button', { name: 'Use these values' }).count();
  const untouched = office.site.document('Sales Order', cast.contested.name)?.['po_no'] === 'THEIRS-1';
  colleagues.push({ what: `the number of ${cast.contested.name}, until a person decided`, stands: () => untouched });
  await done('conflict', 'Back online: one clash waits for a decision, nothing was overwritten');

  await centre.takeAllMine();
  await shell.expectSync(/^Up to date/, 120_000);
  await centre.open('done');
  await done('reconciled', 'Everything reached the office');

  const { complaints, ...counts } = reckon(office, deeds, colleagues);
  const attachments = ordersOf(office.site).flatMap((doc) => office.filesOn('Sales Order', doc.name)).length;
  return {
    reckoning: { downloaded, offlineLookups, offlineChanges: deeds.length, attachments, ...counts, needsYou },
    complaints,
  };
}

/** A day of which the server has everything, once, with nothing of the colleague's gone. */
export function expectWholeDay({ reckoning, complaints }: PlayedDay): void {
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
  const [first, second] = site.documents('Item').filter((doc) => doc['is_sales_item'] === 1 && doc['is_stock_item'] === 1);
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
const sameItems = (doc: Doc, items: readonly Doc[]): boolean =>
  JSON.stringify(rowsOf(doc, 'items').map((row) => [row['item_code'], row['qty']])) ===
  JSON.stringify(items.map((item, index) => [item.name, index + 2]));

const valueIs = (doctype: string, name: string, fieldname: string, value: string): Deed => ({
  what: `${fieldname} of ${doctype} ${name}`,
  count: ({ site }) => (site.document(doctype, name)?.[fieldname] === value ? 1 : 0),
});
