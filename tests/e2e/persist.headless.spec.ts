import { Office } from '../story/office';
import { Shell } from '../story/screens/shell';
import { SignInScreen } from '../story/screens/sign-in';
import { expect, test } from '../support/app';

test('the browser is asked at start to keep the storage; that it does not is told with a way to ask again', async ({ page }) => {
  test.setTimeout(120_000);
  const office = await Office.open({ scale: 8 });
  const asked = () => page.evaluate(() => Number(document.documentElement.dataset['asked'] ?? 0));
  try {
    await page.addInitScript(() => {
      let answer = false;
      navigator.storage.persisted = async () => answer;
      // Refused the first time.
      navigator.storage.persist = async () => {
        const times = Number(document.documentElement.dataset['asked'] ?? 0) + 1;
        document.documentElement.dataset['asked'] = String(times);
        return (answer = times > 1);
      };
    });
    await page.reload();
    await expect.poll(asked).toBe(1);
    await new SignInScreen(page).signIn(office.url, office.person('field@example.com'));
    await new Shell(page).expectSync(/^Up to date/, 60_000);
    await new Shell(page).go('/get-ready');
    await expect(page.getByText('The browser may remove the data when the disk runs low.')).toBeVisible();
    await new Shell(page).go('/settings');
    await expect(page.getByText('The browser may remove the data when the disk runs low.')).toBeVisible();
    await page.getByRole('button', { name: 'Ask to keep it' }).click();
    await expect(page.getByText('The data stays until you remove it.')).toBeVisible();
    expect(await asked()).toBe(2);
  } finally {
    await office.close();
  }
});
