import type { Page } from '@playwright/test';
import type { Doc } from '../../shared/erp/document';
import { chooseCast, colleague } from '../story/doctypes/case';
import { keepOnly } from '../story/device';
import { judging } from '../story/judging';
import { Office } from '../story/office';
import { DocumentScreen } from '../story/screens/document';
import { Shell } from '../story/screens/shell';
import { SignInScreen } from '../story/screens/sign-in';
import { SyncCentre } from '../story/screens/sync-centre';
import { expect, test } from '../support/app';

const panelOf = (page: Page) => page.getByTestId('insight');
const lineOf = (page: Page) => page.getByTestId('insight-line');
const quantity = (value: unknown): string => Number(value ?? 0).toLocaleString('de-DE');

async function cut(page: Page, office: Office, shell: Shell): Promise<void> {
  await office.cut();
  await new SyncCentre(page).syncNow();
  await shell.expectSync(/^Offline/);
}

/** Of a customer of the office: what is open on their submitted invoices, in whole euros as the office rounds them. */
function owed(office: Office, customer: unknown): { total: number; invoices: number } {
  const open = office.site
    .documents('Sales Invoice')
    .filter((each) => each['customer'] === customer && each.docstatus === 1 && Number(each['outstanding_amount']) !== 0);
  return { total: open.reduce((sum, each) => sum + Number(each['outstanding_amount']), 0), invoices: open.length };
}
const euros = (value: number): RegExp =>
  new RegExp(`€\\s${value.toLocaleString('de-DE', { minimumFractionDigits: 2 }).replaceAll('.', '\\.')}`);

test('without a network one sees what is in stock, what a customer owes, and that a customer is here already', async ({ page }) => {
  test.setTimeout(180_000);
  const office = await Office.open({ scale: 20 });
  const { site } = office;
  const shell = new Shell(page);
  const form = new DocumentScreen(page);
  const { goods, stores, customer } = chooseCast(site);
  const [code] = goods;
  const bins = site.documents('Bin').filter((each) => each['item_code'] === code);
  const bin = bins.find((each) => each['warehouse'] === stores);
  const everywhere = quantity(bins.reduce((sum, each) => sum + Number(each['actual_qty']), 0));
  const here = site.as(colleague).insert('Customer', { customer_name: 'Müller Bau GmbH', customer_type: 'Company' });
  const invoice = { customer, items: [{ name: '', item_code: code, qty: 1, rate: 100 }], set_posting_time: 1 };
  for (const posting_date of ['2026-01-05', site.clock.date()])
    site.as(colleague).insert('Sales Invoice', { ...invoice, posting_date, due_date: posting_date, docstatus: 1 });
  const { total, invoices } = owed(office, customer);
  const look = judging(page, []);

  try {
    await new SignInScreen(page).signIn(office.url, office.person('field@example.com'));
    await shell.expectSync(/^Up to date/, 60_000);
    await cut(page, office, shell);

    await test.step('the stock of an item, by warehouse', async () => {
      await shell.openDocument('Item', code);
      await expect(lineOf(page)).toContainText(`Stock ${everywhere} ${String(bin?.['stock_uom'])} in`);
      await expect(lineOf(page)).toContainText(/As of (just now|\d+ (s|min) ago)/);
      await lineOf(page).click();
      const row = panelOf(page).getByRole('row', { name: stores });
      await expect(row.getByRole('cell')).toHaveText([bin?.['actual_qty'], bin?.['reserved_qty'], bin?.['projected_qty']].map(quantity));
      await expect(panelOf(page).getByRole('button', { name: 'Look on the server' })).toHaveCount(0);
      await look('stock of an item');
      await page.setViewportSize({ width: 1500, height: 800 });
      await expect(lineOf(page)).toHaveCount(0);
      await expect(panelOf(page)).toContainText(`${everywhere} ${String(bin?.['stock_uom'])} in`);
      await page.setViewportSize({ width: 1280, height: 800 });
    });

    await test.step('what a customer owes, and what of it is late', async () => {
      await shell.openDocument('Customer', customer);
      await expect(lineOf(page)).toContainText(euros(total));
      await lineOf(page).click();
      await expect(panelOf(page)).toContainText(`on ${invoices} Sales Invoices`);
      await expect(panelOf(page)).toContainText('overdue, on');
      await expect(panelOf(page)).toContainText(/The oldest was due on \d\d\.\d\d\.\d{4}\./);
      await look('what a customer owes');
    });

    await test.step('a customer that is called alike is looked at, and what was typed is not lost', async () => {
      await shell.go('/new/Customer');
      const name = form.field('customer_name').locator('input').first();
      await name.fill('Mueller Bau');
      await expect(form.field('customer_name').getByRole('status')).toHaveText('One Customer here has this name already:');
      await look('a customer that is here already');
      await form
        .field('customer_name')
        .getByRole('button', { name: /^Look at Müller Bau GmbH/ })
        .click();
      await expect(form.title).toHaveText(here.name);
      await page.goBack();
      await page.getByRole('button', { name: 'Restore it' }).click();
      await expect(name).toHaveValue('Mueller Bau');
      await name.fill('Zzyzx Bergbau');
      await expect(form.field('customer_name').getByRole('status')).toHaveText('');
    });

    await test.step('a Link field that would make a customer anew takes the one that is here', async () => {
      await shell.go('/new/Sales%20Order');
      await page.getByRole('button', { name: 'Leave without saving' }).click();
      const box = form.field('customer').locator('input').first();
      await box.click();
      await box.fill('Mueller-Bau');
      await page.getByRole('button', { name: 'Create Customer “Mueller-Bau”' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Take Müller Bau GmbH instead' }).click();
      await expect(page.getByRole('dialog')).toHaveCount(0);
      await expect(form.field('customer')).toContainText('Müller Bau GmbH');
    });

    await test.step('the row of an item tells its stock', async () => {
      await form.addRow('items');
      await form.linkCell('items', 0, 'Item Code', code);
      await form.field('items').getByRole('button', { name: 'Edit row 1' }).click();
      await expect(page.getByTestId('stock-hint')).toHaveText(
        new RegExp(`^Stock: ${everywhere.replaceAll('.', '\\.')} ${String(bin?.['stock_uom'])} in .* · (just now|\\d+ (s|min) ago)$`),
      );
    });
  } finally {
    await office.close();
  }
});

test('what a device does not keep, or keeps in part, is said, and the server is asked for the rest', async ({ page }) => {
  test.setTimeout(180_000);
  const office = await Office.open({ scale: 20 });
  const { site } = office;
  const shell = new Shell(page);
  const { goods, stores, customer, company } = chooseCast(site);
  const [code] = goods;
  const stock = (): Doc | undefined => site.documents('Bin').find((each) => each['item_code'] === code && each['warehouse'] === stores);
  const items = [{ name: '', item_code: code, qty: 1, rate: 100 }];
  const invoice = site.as(colleague).insert('Sales Invoice', { customer, items, due_date: site.clock.date(), docstatus: 1 });

  try {
    await new SignInScreen(page).signIn(office.url, office.person('field@example.com'));
    await shell.expectSync(/^Up to date/, 60_000);
    await keepOnly(page, [
      { doctype: 'Customer', filters: [] },
      { doctype: 'Item', filters: [] },
      { doctype: 'Sales Invoice', filters: [['name', '!=', invoice.name]] },
    ]);
    await shell.expectSync(/^Up to date/, 120_000);
    await page.setViewportSize({ width: 1500, height: 800 });

    await shell.openDocument('Item', code);
    await expect(panelOf(page)).toContainText('Stock is not kept on this device. To have it without a network, add Bin in Get ready.');
    await expect(panelOf(page).getByRole('link', { name: 'Get ready' })).toBeVisible();
    site.as(colleague).insert('Delivery Note', { customer, company, items, docstatus: 1 });
    await panelOf(page).getByRole('button', { name: 'Look on the server' }).click();
    await expect(panelOf(page)).toContainText('On the server, just now');
    await expect(panelOf(page).getByRole('row', { name: stores }).getByRole('cell').first()).toHaveText(quantity(stock()?.['actual_qty']));

    await shell.openDocument('Customer', customer);
    await expect(panelOf(page)).toContainText('Of the Sales Invoices on this device. A filter leaves others out.', { timeout: 30_000 });
    await page.setViewportSize({ width: 1280, height: 800 });
    await expect(lineOf(page)).toContainText('A filter leaves others out.');
    await page.setViewportSize({ width: 1500, height: 800 });
    await panelOf(page).getByRole('button', { name: 'Look on the server' }).click();
    await expect(panelOf(page)).toContainText('On the server, just now');
    await expect(panelOf(page)).toContainText(euros(owed(office, customer).total));
    await expect(panelOf(page)).not.toContainText('A filter leaves others out');
  } finally {
    await office.close();
  }
});
