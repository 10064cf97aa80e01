import { Office } from '../story/office';
import { Shell } from '../story/screens/shell';
import { SignInScreen } from '../story/screens/sign-in';
import { expect, test } from '../support/app';

test('a page that cannot be loaded says so, and can be opened once it is there', async ({ page }) => {
  const office = await Office.open({ scale: 1 });
  const shell = new Shell(page);
  try {
    await new SignInScreen(page).signIn(office.url, office.person('field@example.com'));
    await shell.expectSync(/^Up to date/);
    await page.route('**/SyncView*.js', (route) => route.abort());
    await shell.pill.click();
    await expect(page.getByRole('alert')).toContainText('This page of Fieldbook could not be loaded.');

    await page.unroute('**/SyncView*.js');
    await page.reload();
    await shell.pill.click();
    await expect(page.getByRole('heading', { name: 'Sync centre' })).toBeVisible();
  } finally {
    await office.close();
  }
});
