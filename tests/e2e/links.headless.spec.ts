import { Office } from '../story/office';
import { Shell } from '../story/screens/shell';
import { SignInScreen } from '../story/screens/sign-in';
import { expect, test } from '../support/app';

test('an address out of an e-mail, pasted into the search, opens its document; one of a site nobody is signed in to says so', async ({
  page,
}) => {
  const office = await Office.open({ scale: 20 });
  const order = office.site.documents('Sales Order')[0]?.name ?? '';
  try {
    await new SignInScreen(page).signIn(office.url, office.person('field@example.com'));
    await new Shell(page).expectSync(/^Up to date/, 120_000);

    await page.keyboard.press('ControlOrMeta+k');
    const box = page.getByRole('combobox').last();
    await box.fill(`${office.url}/app/sales-order/${encodeURIComponent(order)}`);
    await expect(page.getByRole('option')).toHaveCount(1);
    await expect(page.getByRole('option')).toContainText(`Sales Order · ${new URL(office.url).host}`);
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(new RegExp(`#/document/Sales%20Order/${encodeURIComponent(order)}|#/document/Sales\\+Order/`));
    await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();

    await page.keyboard.press('ControlOrMeta+k');
    await box.fill('https://elsewhere.example.com/app/sales-order/SO-1');
    await expect(page.getByRole('option', { name: /elsewhere\.example\.com: nobody is signed in there/ })).toBeVisible();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'This link cannot be opened here' });
    await expect(dialog).toContainText('elsewhere.example.com');
    await dialog.getByRole('button', { name: 'Sign in there' }).click();
    await expect(page).toHaveURL(/sign-in/);
    await expect(page.getByLabel('Site address')).toHaveValue(/elsewhere\.example\.com/);
  } finally {
    await office.close();
  }
});

test.describe('the settings', () => {
  test.use({ flags: ['--demo'] });

  test('say where newer versions come from, and show the licence of everything that is shipped', async ({ page }) => {
    await new Shell(page).go('/settings');
    const updates = page.getByRole('region', { name: 'Updates' });
    await expect(updates).toContainText('does not update itself');
    await page.getByRole('button', { name: 'Show licences' }).click();
    const dialog = page.getByRole('dialog', { name: 'Licences' });
    await expect(dialog.getByRole('status')).toHaveText(/^\d{2,3} packages$/);
    await dialog.getByLabel('Find a package').fill('dexie');
    await expect(dialog.getByRole('status')).toHaveText('1 package');
    await dialog.getByText('Apache-2.0').click();
    await expect(dialog.getByLabel('Licence of dexie')).toContainText('Apache License');
  });
});
