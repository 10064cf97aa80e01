import type { Locator, Page } from '@playwright/test';
import { rowsOf } from '../../shared/erp/document';
import { chooseCast, colleague } from '../story/doctypes/case';
import { Office } from '../story/office';
import { DocumentScreen } from '../story/screens/document';
import { Shell } from '../story/screens/shell';
import { SignInScreen } from '../story/screens/sign-in';
import { SyncCentre } from '../story/screens/sync-centre';
import { expect, test } from '../support/app';

/** Presses a key until the focus is in an element: there is a way to it, and it is no longer than a person puts up with. */
async function go(page: Page, to: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab', most = 60): Promise<void> {
  await to.waitFor();
  for (let presses = 0; presses < most; presses += 1) {
    if (await to.evaluate((element) => element.contains(document.activeElement))) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${most} times ${key} do not lead to ${String(to)}`);
}

test('an order is opened, changed, given a row, saved and submitted without a mouse', async ({ page }) => {
  test.setTimeout(240_000);
  const office = await Office.open({ scale: 20 });
  const cast = chooseCast(office.site);
  const [first, second] = cast.goods;
  const items = [{ item_code: first, qty: 2, rate: 20 }];
  const order = office.site
    .as(colleague)
    .insert('Sales Order', { customer: cast.customer, company: cast.company, delivery_date: cast.later, items });
  const shell = new Shell(page);
  const form = new DocumentScreen(page);
  const { keyboard } = page;
  try {
    // Signing in and downloading are stories of their own; from here on there are only keys.
    await new SignInScreen(page).signIn(office.url, office.person('field@example.com'));
    await shell.expectSync(/^Up to date/, 120_000);

    await test.step('the list', async () => {
      await keyboard.press('Control+k');
      await expect(page.getByRole('combobox', { name: /^Search/ })).toBeFocused();
      await keyboard.type('Sales Order');
      await expect(page.getByRole('group', { name: 'DocTypes' }).getByRole('option', { name: 'Sales Order' })).toBeVisible();
      await keyboard.press('Enter');
      await expect(page.getByRole('heading', { level: 1, name: 'Sales Orders' })).toBeVisible();
    });

    await test.step('the document', async () => {
      const search = page.getByTestId('list-search');
      await go(page, search);
      await keyboard.type(order.name);
      await expect(page.getByTestId('list-count')).toHaveText(/^1 of/);
      await keyboard.press('ArrowDown');
      await expect(page.locator(`[role=row][data-name="${order.name}"]`)).toBeFocused();
      await keyboard.press('Enter');
      await expect(page.getByText(`Sales Order · ${order.name}`)).toBeVisible();
    });

    await test.step('a field', async () => {
      await go(page, form.field('po_no').locator('input'));
      await keyboard.type('PO-77');
    });

    await test.step('a row', async () => {
      const grid = form.field('items');
      await go(page, grid.getByRole('button', { name: 'Add row' }));
      await keyboard.press('Enter');
      await expect(form.cell('items', 1, 'Item Code').locator('input')).toBeFocused();
      await keyboard.type(second);
      await keyboard.press('Enter');
      await expect(form.field('items').getByRole('gridcell', { name: `Item Code: ${second}` })).toBeVisible();
      // From cell to cell until the quantity can be typed.
      await go(page, form.cell('items', 1, 'Quantity'), 'Tab', 8);
      await keyboard.press('Control+a');
      await keyboard.type('5');
      await keyboard.press('Tab');
      await keyboard.press('Escape');
      await expect(form.cell('items', 1, 'Quantity')).toContainText('5');
    });

    await test.step('saving', async () => {
      await keyboard.press('Control+s');
      await expect(page.getByText(/^(Unsaved changes|Saving…)$/)).toHaveCount(0);
    });

    await test.step('submitting', async () => {
      await go(page, page.getByRole('button', { name: 'Submit', exact: true }), 'Shift+Tab');
      await keyboard.press('Enter');
      await expect(page.getByRole('dialog').getByRole('button', { name: 'Submit', exact: true })).toBeFocused();
      await keyboard.press('Enter');
    });

    await expect.poll(() => office.site.document('Sales Order', order.name)?.docstatus, { timeout: 60_000 }).toBe(1);
    const held = office.site.document('Sales Order', order.name);
    expect(held?.['po_no']).toBe('PO-77');
    expect(rowsOf(held ?? {}, 'items').map((row) => [row['item_code'], row['qty']])).toEqual([
      [first, 2],
      [second, 5],
    ]);
  } finally {
    await office.close();
  }
});

test('a clash is found, decided and sent without a mouse', async ({ page }) => {
  test.setTimeout(120_000);
  const office = await Office.open({ scale: 8 });
  const customer = office.site.documents('Customer')[0]?.name ?? '';
  const shell = new Shell(page);
  const form = new DocumentScreen(page);
  const { keyboard } = page;
  try {
    await new SignInScreen(page).signIn(office.url, office.person('field@example.com'));
    await shell.expectSync(/^Up to date/, 60_000);
    await office.cut();
    await shell.openDocument('Customer', customer);
    await form.openSection('More Information');
    await form.type('website', 'https://mine.example');
    await form.save();
    office.site.as(colleague).update('Customer', customer, { website: 'https://theirs.example' });
    await office.restore();
    await new SyncCentre(page).syncNow();
    await shell.expectSync(/^1 needs you/);

    // From here on there are only keys: to the pill, into its question, through the table, and out.
    await keyboard.press('Home');
    await go(page, shell.pill, 'Shift+Tab');
    await keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Sync centre' })).toBeVisible();
    const mine = page.getByRole('radio', { name: /^Take yours for Website: / });
    await go(page, mine);
    await keyboard.press('Space');
    await expect(mine).toBeChecked();
    await keyboard.press('ArrowRight');
    await expect(page.getByRole('radio', { name: /^Take the server’s for Website: / })).toBeChecked();
    await keyboard.press('ArrowLeft');
    await expect(mine).toBeChecked();
    const apply = page.getByRole('button', { name: 'Use these values' });
    await go(page, apply);
    await keyboard.press('Enter');

    await expect.poll(() => office.site.document('Customer', customer)?.['website'], { timeout: 30_000 }).toBe('https://mine.example');
    await expect(page.locator('[data-problem]')).toHaveCount(0);
    // The focus is not lost with what it was in.
    expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY');
  } finally {
    await office.close();
  }
});
