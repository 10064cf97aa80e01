import { chooseCast, colleague } from '../story/doctypes/case';
import { Office } from '../story/office';
import { ListScreen } from '../story/screens/list';
import { Shell } from '../story/screens/shell';
import { SignInScreen } from '../story/screens/sign-in';
import { expect, test } from '../support/app';

/** Ctrl+K finds what is on this device by what stands in it, mistyped too, and offers what was opened lately. */
test('a document is found by the text of a row, with a typing error, and is offered again afterwards', async ({ page }) => {
  const office = await Office.open({ scale: 20 });
  const cast = chooseCast(office.site);
  const [first] = cast.goods;
  const row = { item_code: first, description: 'Galvanised eyebolt, forged', qty: 2, rate: 20 };
  const order = office.site
    .as(colleague)
    .insert('Sales Order', { customer: cast.customer, company: cast.company, delivery_date: cast.later, items: [row] });
  const shell = new Shell(page);
  const palette = page.getByRole('combobox', { name: /^Search/ });
  const documents = page.getByRole('group', { name: 'Documents' }).getByRole('option');
  try {
    await new SignInScreen(page).signIn(office.url, office.person('field@example.com'));
    await shell.expectSync(/^Up to date/, 120_000);

    await page.keyboard.press('Control+k');
    await palette.fill('galvanized eyebolt');
    await expect(documents).toHaveCount(1);
    await expect(documents.first()).toContainText(order.name);
    await page.keyboard.press('Enter');
    await expect(page.getByText(`Sales Order · ${order.name}`, { exact: true })).toBeVisible();

    await page.keyboard.press('Control+k');
    const lately = page.getByRole('group', { name: 'Opened lately' }).getByRole('option');
    await expect(lately.first()).toContainText(order.name);
  } finally {
    await office.close();
  }
});

test('a document leads to the next one of the list that it was opened from, also of one that no index answers', async ({ page }) => {
  const office = await Office.open({ scale: 20 });
  const shell = new Shell(page);
  const list = new ListScreen(page);
  const next = page.getByRole('button', { name: 'Next in the list' });
  const previous = page.getByRole('button', { name: 'Previous in the list' });
  const rows = page.getByRole('grid').locator('[role=row][data-name]');
  const heading = (name: string | null) => page.getByRole('heading', { level: 1, name: name ?? '', exact: true });
  const names = async (): Promise<(string | null)[]> => rows.evaluateAll((all) => all.map((row) => row.getAttribute('data-name')));
  try {
    await new SignInScreen(page).signIn(office.url, office.person('field@example.com'));
    await shell.expectSync(/^Up to date/, 120_000);
    for (const column of [null, 'Customer Group']) {
      await list.open('Customer');
      await expect(rows.nth(3)).toBeVisible();
      if (column !== null) {
        const before = await names();
        await page.getByRole('columnheader', { name: column }).getByRole('button').click();
        await expect.poll(names).not.toEqual(before);
      }
      const [first = '', second = '', third = ''] = await names();
      await rows.nth(0).click();
      await expect(heading(first)).toBeVisible();
      await expect(previous).toBeDisabled();
      await next.click();
      await expect(heading(second)).toBeVisible();
      await next.click();
      await expect(heading(third)).toBeVisible();
      await previous.click();
      await expect(heading(second)).toBeVisible();
    }
  } finally {
    await office.close();
  }
});
