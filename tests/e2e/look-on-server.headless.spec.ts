import type { Page } from '@playwright/test';
import { keepOnly, keptDocuments } from '../story/device';
import { colleague } from '../story/doctypes/case';
import { Office } from '../story/office';
import { DocumentScreen } from '../story/screens/document';
import { ListScreen } from '../story/screens/list';
import { Shell } from '../story/screens/shell';
import { SignInScreen } from '../story/screens/sign-in';
import { expect, test } from '../support/app';

const customers = ['Zwölfer Sonderposten', 'Quast Feinmechanik', 'Yttrium Werkzeuge'] as const;

/** A device whose profile leaves some customers out. */
async function seat(page: Page, office: Office): Promise<void> {
  await new SignInScreen(page).signIn(office.url, office.person('field@example.com'));
  const shell = new Shell(page);
  await shell.expectSync(/^Up to date/, 120_000);
  const filters = customers.map((name): [string, string, string] => ['name', '!=', name]);
  await keepOnly(page, [
    { doctype: 'Customer', filters },
    { doctype: 'Item', filters: [] },
  ]);
  for (const customer_name of customers) office.site.as(colleague).insert('Customer', { customer_name, customer_type: 'Company' });
  await shell.expectSync(/^(Up to date|Connected)/, 120_000);
}

const isHere = async (page: Page, customer: string): Promise<boolean> =>
  (await keptDocuments(page)).some(({ doctype, name }) => doctype === 'Customer' && name === customer);

test('what a device lacks is found on the server from a list, a Link field and the search, and kept once it is opened', async ({
  page,
}) => {
  test.setTimeout(240_000);
  const office = await Office.open({ scale: 20 });
  const shell = new Shell(page);
  const list = new ListScreen(page);
  const form = new DocumentScreen(page);
  const remote = page.getByRole('region', { name: 'On the server' });
  try {
    await seat(page, office);

    await test.step('a list', async () => {
      const customer = customers[0];
      expect(await isHere(page, customer)).toBe(false);
      await list.open('Customer');
      // At once, before the list has followed what is typed.
      await page.getByTestId('list-search').fill(customer);
      await page.getByRole('button', { name: 'Look on the server' }).click();
      const row = remote.getByRole('button', { name: customer });
      await expect(row).toContainText('On the server');
      await row.click();
      await expect(form.title).toHaveText(customer);
      await expect.poll(() => isHere(page, customer)).toBe(true);
    });

    await test.step('a Link field, by keyboard', async () => {
      const customer = customers[1];
      expect(await isHere(page, customer)).toBe(false);
      await shell.go('/new/Sales%20Order');
      const box = form.field('customer').locator('input').first();
      await box.click();
      await box.fill(customer);
      await expect(page.getByText('No Customer on this device matches.')).toBeVisible();
      await box.press('Control+Enter');
      const option = page.getByRole('option', { name: customer });
      await expect(option).toContainText('On the server');
      await option.click();
      await expect(form.field('customer')).toContainText(customer);
      await expect.poll(() => isHere(page, customer)).toBe(true);
    });

    await test.step('the search', async () => {
      const customer = customers[2];
      expect(await isHere(page, customer)).toBe(false);
      await shell.find(customer);
      await page.getByRole('option', { name: `Look on the server for “${customer}”` }).click();
      // The offer to look names the customer too, until the answer has come.
      await page
        .getByRole('group', { name: 'On the server' })
        .getByRole('option', { name: new RegExp(`^${customer}`) })
        .click();
      await page.getByRole('button', { name: 'Leave without saving' }).click();
      await expect(form.title).toHaveText(customer);
      await expect.poll(() => isHere(page, customer)).toBe(true);
    });

    await test.step('a document that the server does not give', async () => {
      await shell.openDocument('Customer', 'Nobody at all');
      await expect(page.getByText('“Nobody at all” is not on this device, and the server did not give it.')).toBeVisible();
      await expect(page.getByRole('alert')).toBeVisible();
    });
  } finally {
    await office.close();
  }
});

test('without a connection the server is not offered, and every place says so', async ({ page }) => {
  test.setTimeout(240_000);
  const office = await Office.open({ scale: 20 });
  const [customer] = customers;
  const shell = new Shell(page);
  const form = new DocumentScreen(page);
  try {
    await seat(page, office);
    await office.cut();
    await shell.expectSync(/^Offline/, 90_000);
    const said = 'No connection: this is what is on this device.';

    await new ListScreen(page).open('Customer');
    await page.getByTestId('list-search').fill(customer);
    await expect(page.getByText(`No customers match “${customer}”.`)).toBeVisible();
    await expect(page.getByRole('button', { name: 'Look on the server' })).toHaveCount(0);
    await expect(page.getByText(said)).toBeVisible();

    await shell.find(customer);
    await expect(page.getByRole('dialog').getByText(said)).toBeVisible();
    await expect(page.getByRole('option', { name: /^Look on the server/ })).toHaveCount(0);
    await page.keyboard.press('Escape');

    await shell.go('/new/Sales%20Order');
    const box = form.field('customer').locator('input').first();
    await box.click();
    await box.fill(customer);
    await expect(page.locator('.link-popper').getByText(said).filter({ visible: true })).toBeVisible();
    await expect(page.locator('.link-popper').getByRole('button', { name: 'Look on the server' })).toHaveCount(0);
  } finally {
    await office.close();
  }
});
