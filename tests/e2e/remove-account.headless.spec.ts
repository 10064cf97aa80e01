import type { Page } from '@playwright/test';
import { Office } from '../story/office';
import { DocumentScreen } from '../story/screens/document';
import { Shell } from '../story/screens/shell';
import { SignInScreen } from '../story/screens/sign-in';
import { expect, test } from '../support/app';

const databases = (page: Page): Promise<string[]> =>
  page.evaluate(async () => (await indexedDB.databases()).flatMap(({ name }) => (name?.startsWith('fieldbook-') ? [name] : [])));

test('an account leaves the device with its documents, files and unsent work, which is told before; the others stay', async ({
  app,
  page,
}) => {
  test.setTimeout(120_000);
  const office = await Office.open({ scale: 8 });
  const shell = new Shell(page);
  const form = new DocumentScreen(page);
  const dialog = page.getByRole('dialog');
  const remove = page.getByRole('button', { name: /^Remove .* from this device\?$/ });
  try {
    await new SignInScreen(page).signIn(office.url, office.person('field@example.com'));
    await shell.expectSync(/^Up to date/, 60_000);
    await shell.go('/sign-in');
    await new SignInScreen(page).signIn(office.url, office.person('Administrator'));
    await shell.expectSync(/^Up to date/, 60_000);
    expect(await databases(page)).toHaveLength(2);

    await office.cut();
    const [customer] = office.site.documents('Customer');
    await shell.openDocument('Customer', customer?.name ?? '');
    await form.openSection('More Information');
    await form.type('website', 'https://example.com/unsent');
    await form.save();

    await shell.go('/settings');
    await remove.last().click();
    await expect(dialog).toContainText('1 change has not reached the server (1 Customer)');
    const yes = dialog.getByRole('button', { name: 'Remove from this device' });
    await expect(yes).toBeDisabled();
    await dialog.getByText('Delete the unsent work for good').click();
    await yes.click();
    await expect(dialog).toHaveCount(0);
    await expect(remove).toHaveCount(1);
    await expect.poll(() => databases(page)).toHaveLength(1);

    // The other one is opened, and loses nothing.
    const there = await app.restart();
    await expect(there.getByRole('link', { name: /^Customer/ }).first()).toBeVisible();
    await new Shell(there).go('/settings');
    await there.getByRole('button', { name: /^Remove .* from this device\?$/ }).click();
    await expect(there.getByRole('dialog')).not.toContainText('unsent');
    await there.getByRole('dialog').getByRole('button', { name: 'Remove from this device' }).click();
    await expect(there.getByLabel('Site address')).toBeVisible();
    await expect.poll(() => databases(there)).toEqual([]);
  } finally {
    await office.close();
  }
});
