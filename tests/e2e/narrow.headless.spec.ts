import { Office } from '../story/office';
import { DocumentScreen } from '../story/screens/document';
import { Shell } from '../story/screens/shell';
import { SignInScreen } from '../story/screens/sign-in';
import { expect, test } from '../support/app';

test('in a narrow window an edited document keeps its buttons within reach', async ({ page }) => {
  const office = await Office.open({ scale: 8 });
  const shell = new Shell(page);
  const form = new DocumentScreen(page);
  try {
    const customer = office.site.documents('Customer')[0]?.name ?? '';
    await new SignInScreen(page).signIn(office.url, office.person('field@example.com'));
    await shell.expectSync(/^Up to date/, 60_000);
    await page.setViewportSize({ width: 400, height: 800 });
    await shell.openDocument('Customer', customer);
    await form.type('customer_name', 'A name that is much longer than a window of four hundred pixels has room for');
    await expect(page.getByText('Unsaved changes', { exact: true })).toBeInViewport({ ratio: 1 });
    await expect(page.getByRole('button', { name: 'More', exact: true })).toBeInViewport({ ratio: 1 });
    await expect(page.getByRole('button', { name: 'Save', exact: true })).toBeInViewport({ ratio: 1 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(400);
  } finally {
    await office.close();
  }
});
