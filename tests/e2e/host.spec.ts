import { expect, test } from '../support/app';

test('the window opens on the app’s own page', async ({ page, hostKind }) => {
  await expect(page).toHaveTitle(/Fieldbook/);
  const { origin } = await page.evaluate(() => ({ origin: `${location.protocol}//${location.host}` }));
  if (hostKind === 'electron') expect(origin).toBe('app://fieldbook');
  else expect(origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
});
