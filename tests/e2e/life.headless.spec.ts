import type { Doc } from '../../shared/erp/document';
import { chooseCast } from '../story/doctypes/case';
import { purchaseInvoice, purchaseOrder } from '../story/doctypes/buying';
import { customer, item } from '../story/doctypes/masters';
import { deliveryNote, salesInvoice, salesOrder } from '../story/doctypes/selling';
import { journalEntry, paymentEntry, stockEntry } from '../story/doctypes/stock-and-accounts';
import { Office } from '../story/office';
import { DocumentScreen } from '../story/screens/document';
import { ListScreen } from '../story/screens/list';
import { Shell } from '../story/screens/shell';
import { SignInScreen } from '../story/screens/sign-in';
import { SyncCentre } from '../story/screens/sync-centre';
import { expect, test } from '../support/app';

const masters = [customer, item];
const submittable = [salesOrder, purchaseOrder, salesInvoice, purchaseInvoice, deliveryNote, stockEntry, paymentEntry, journalEntry];
const cases = [...masters, ...submittable];

/** Offline each time: refused while it is empty, filled in, saved and submitted; then cancelled, amended and changed. */
test('the ten common DocTypes live their whole life on this device first', async ({ page }) => {
  test.setTimeout(420_000);
  page.setDefaultTimeout(15_000);
  const office = await Office.open({ scale: 20 });
  const { site } = office;
  const shell = new Shell(page);
  const form = new DocumentScreen(page);
  const list = new ListScreen(page);
  const centre = new SyncCentre(page);
  const cast = chooseCast(site);
  // Whoever may only submit cannot cancel an invoice.
  const person = office.person('field@example.com');
  site.setRoles(person.name, [...person.roles, 'Accounts Manager', 'Sales Manager', 'Purchase Manager', 'Stock Manager']);
  const before = new Map(cases.map(({ doctype }) => [doctype, site.documents(doctype).map(({ name }) => name)]));
  const freshOf = (doctype: string): Doc[] => site.documents(doctype).filter(({ name }) => before.get(doctype)?.includes(name) !== true);
  const problems = page.getByRole('alert').locator('.jump');

  async function offline(): Promise<void> {
    await office.cut();
    await centre.syncNow();
    await shell.expectSync(/^Offline/);
  }
  async function online(): Promise<void> {
    await office.restore();
    await centre.syncNow();
    await shell.expectSync(/^Up to date/, 120_000);
  }

  try {
    await new SignInScreen(page).signIn(office.url, person);
    await shell.expectSync(/^Up to date/, 180_000);

    await offline();
    for (const each of cases) {
      await test.step(`${each.doctype} is made`, async () => {
        await list.open(each.doctype);
        await list.startNew();
        await page.getByRole('button', { name: 'Save', exact: true }).click();
        await expect(problems).not.toHaveCount(0);
        await each.make(form, cast);
        await form.save();
        await expect(problems).toHaveCount(0);
        if (submittable.includes(each)) await form.submit();
      });
    }
    await online();
    for (const { doctype } of cases) {
      const submitted = submittable.some((each) => each.doctype === doctype);
      expect(
        freshOf(doctype).map(({ docstatus }) => docstatus),
        doctype,
      ).toEqual([submitted ? 1 : 0]);
    }

    await offline();
    const originals = new Map(submittable.map(({ doctype }) => [doctype, freshOf(doctype)[0]?.name ?? '']));
    for (const each of submittable) {
      await test.step(`${each.doctype} is cancelled and amended`, async () => {
        await shell.openDocument(each.doctype, originals.get(each.doctype) ?? '');
        await form.cancel();
        await form.amend();
        await each.edit(form);
        await form.save();
      });
    }
    await online();
    for (const { doctype } of submittable) {
      const original = originals.get(doctype) ?? '';
      const lives = freshOf(doctype).map(({ name, docstatus, amended_from: from }) => ({ name, docstatus, from: from ?? null }));
      expect(lives, doctype).toEqual([
        { name: original, docstatus: 2, from: null },
        { name: `${original}-1`, docstatus: 0, from: original },
      ]);
    }
  } finally {
    await office.close();
  }
});
