import { Office } from '../story/office';
import { judging } from '../story/judging';
import { Shell } from '../story/screens/shell';
import { SignInScreen } from '../story/screens/sign-in';
import { expect, test } from '../support/app';
import { freePort } from '../support/free-port';

test('no screen of signing in has an accessibility violation, light or dark, and none is wider than a narrow window', async ({ page }) => {
  test.setTimeout(300_000);
  const office = await Office.open({ scale: 8 });
  const seen: string[] = [];
  const judge = judging(page, seen);
  const look = async (sight: string) => {
    await judge(sight);
    await page.setViewportSize({ width: 400, height: 800 });
    expect.soft(await page.evaluate(() => document.documentElement.scrollWidth), sight).toBe(400);
    await page.setViewportSize({ width: 1280, height: 800 });
  };
  const [screen, shell] = [new SignInScreen(page), new Shell(page)];
  try {
    await screen.address.fill(`http://127.0.0.1:${await freePort()}/app`);
    await screen.submit();
    await expect(page.getByRole('alert').filter({ hasText: 'Nothing answers at this address' })).toContainText(
      'Check the port, or leave it out.',
    );
    await look('an address without a site, and fields that are missing');
    await screen.address.fill(office.url);
    await screen.user.click();
    await expect(page.getByText(`Found ${office.url}`)).toBeVisible();
    await look('password');
    await screen.choose('API key');
    await page.getByText('Where do I find these?').click();
    await look('key');
    await screen.choose('Browser');
    await page.getByLabel('Client ID').fill('nobody');
    await look('browser');
    await screen.choose('Password');
    await screen.signInByPassword(office.url, 'readonly@example.com', 'reader');
    await page.getByLabel('Code', { exact: true }).fill('1');
    await page.getByRole('button', { name: 'Confirm' }).click();
    await expect(page.getByRole('alert')).toContainText('The site does not accept this code.');
    await look('a wrong code');
    await page.getByRole('button', { name: 'Begin again' }).click();
    await screen.signInByPassword(office.url, 'field@example.com', 'field');
    await shell.pill.waitFor();
    office.site.endSessions();
    await shell.go('/sync/waiting');
    await page.getByRole('button', { name: 'Sync now' }).click();
    await shell.expectSync(/^Sign in again/);
    await look('the sync centre');
    await shell.go('/settings');
    await page.getByText('sign-in expired').waitFor();
    await look('settings');
    await shell.pill.click();
    await page.getByRole('heading', { name: 'Sign in again, field@example.com' }).waitFor();
    await look('again');
    expect(seen).toHaveLength(16);
  } finally {
    await office.close();
  }
});
