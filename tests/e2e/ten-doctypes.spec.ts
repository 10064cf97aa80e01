import type { Page } from '@playwright/test';
import type { Doc } from '../../shared/erp/document';
import { chooseCast, colleague } from '../story/doctypes/case';
import type { DocTypeCase } from '../story/doctypes/case';
import { purchaseInvoice, purchaseOrder } from '../story/doctypes/buying';
import { customer, item } from '../story/doctypes/masters';
import { deliveryNote, salesInvoice, salesOrder } from '../story/doctypes/selling';
import { journalEntry, paymentEntry, stockEntry } from '../story/doctypes/stock-and-accounts';
import { Office, sha256 } from '../story/office';
import { pdf } from '../story/papers';
import { DocumentScreen } from '../story/screens/document';
import { ListScreen } from '../story/screens/list';
import { Shell } from '../story/screens/shell';
import { SignInScreen } from '../story/screens/sign-in';
import { SyncCentre } from '../story/screens/sync-centre';
import { expect, test } from '../support/app';

const cases: DocTypeCase[] = [
  customer,
  item,
  salesOrder,
  purchaseOrder,
  salesInvoice,
  purchaseInvoice,
  deliveryNote,
  stockEntry,
  paymentEntry,
  journalEntry,
];
const paper = pdf('signed.pdf');

test('the ten common DocTypes are filled in offline and reach the server once, as typed', async ({ page }) => {
  test.setTimeout(240_000);
  const office = await Office.open({ scale: 20 });
  try {
    await playTen(page, office);
  } finally {
    await office.close();
  }
});

async function playTen(page: Page, office: Office): Promise<void> {
  const { site } = office;
  page.setDefaultTimeout(15_000);
  const shell = new Shell(page);
  const form = new DocumentScreen(page);
  const list = new ListScreen(page);
  const centre = new SyncCentre(page);
  const cast = chooseCast(site);
  const existing = new Map(cases.map((each) => [each.doctype, each.existing(cast)]));
  const toSubmit = new Map(cases.filter(({ submits }) => submits === 'draft').map((each) => [each.doctype, each.existing(cast)]));
  const before = new Map(cases.map(({ doctype }) => [doctype, site.documents(doctype).map(({ name }) => name)]));
  const draftOf = (doctype: string): Doc => existing.get(doctype) ?? { doctype, name: '' };
  /** Documents of the server that were not there in the morning. */
  const freshOf = (doctype: string): Doc[] => site.documents(doctype).filter(({ name }) => !before.get(doctype)?.includes(name));

  await new SignInScreen(page).signIn(office.url, office.person('field@example.com'));
  await shell.go('/get-ready');
  await shell.expectSync(/^Up to date/, 180_000);
  await office.cut();
  await centre.syncNow();
  await shell.expectSync(/^Offline/);

  for (const each of cases) {
    await test.step(each.doctype, async () => {
      const { doctype } = each;
      await list.open(doctype);
      await expect(list.count).toHaveText(new RegExp(`^${before.get(doctype)?.length} documents?$`));
      await list.openRow(draftOf(doctype).name);
      await expect(form.title).not.toHaveText('');
      await each.edit(form);
      await form.save();

      await list.open(doctype);
      await list.startNew();
      await each.make(form, cast);
      await form.save();
      if (each.submits === 'made') await form.submit();
      if (each === salesInvoice) {
        await form.drop([paper]);
        await form.openTab('Attachments and activity');
        await expect(page.getByText(paper.name, { exact: true })).toBeVisible();
      }
      if (each === deliveryNote) {
        await form.openTab('Attachments and activity');
        await form.comment('Left with the neighbour');
      }
      const other = toSubmit.get(doctype);
      if (other !== undefined) {
        await shell.openDocument(doctype, other.name);
        await form.submit();
      }
    });
  }

  for (const { doctype, meanwhile } of cases) site.as(colleague).update(doctype, draftOf(doctype).name, meanwhile(draftOf(doctype)));
  // What the new Purchase Order orders can no longer be ordered.
  site.as(colleague).update('Item', cast.discontinued, { disabled: 1 });

  await office.restore();
  await centre.syncNow();
  await shell.expectSync(/^1 needs you/, 60_000);
  await centre.open('waiting');
  await expect(page.getByText(/^Nothing waiting\./)).toBeVisible({ timeout: 60_000 });
  expect(cases.map(({ doctype }) => [doctype, freshOf(doctype).length])).toEqual(
    cases.map((each) => [each.doctype, each === purchaseOrder ? 0 : 1]),
  );

  await centre.open('needs-you');
  await expect(page.locator('[data-problem]')).toHaveCount(1);
  const words = `Item ${cast.discontinued} is disabled`;
  await expect(page.getByText(words)).not.toHaveCount(0);
  await page.getByRole('button', { name: 'Open and correct' }).click();
  await expect(form.cell('items', 0, 'Item Code')).toHaveAttribute('title', words);
  await form.linkCell('items', 0, 'Item Code', cast.goods[1]);
  // Another item brings its own price.
  await expect(form.cell('items', 0, 'Rate')).not.toContainText('9,25');
  await form.typeCell('items', 0, 'Rate', '9,25');
  await form.save();
  await shell.expectSync(/^Up to date/, 60_000);

  for (const each of cases) {
    const { doctype } = each;
    const fresh = freshOf(doctype);
    expect(fresh, `new ${doctype} documents`).toHaveLength(1);
    expect(fresh[0]).toMatchObject({ ...each.made(cast), docstatus: each.submits === 'made' ? 1 : 0 });
    expect(site.document(doctype, draftOf(doctype).name)).toMatchObject({ ...each.edited, docstatus: 0 });
    const submitted = toSubmit.get(doctype);
    if (submitted) expect(site.document(doctype, submitted.name)).toMatchObject({ docstatus: 1, items: [{ qty: 10, rate: 8 }] });
  }
  const nameOf = ({ doctype }: DocTypeCase): string => freshOf(doctype)[0]?.name ?? '';
  expect(office.filesOn('Sales Invoice', nameOf(salesInvoice)).map((file) => file.sha256)).toEqual([sha256(paper.bytes)]);
  expect(site.comments('Delivery Note', nameOf(deliveryNote)).map((comment) => comment['content'])).toEqual([
    expect.stringContaining('Left with the neighbour'),
  ]);
}
