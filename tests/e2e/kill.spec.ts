import { expect, test } from '../support/app';
import { Office } from '../story/office';
import { DocumentScreen } from '../story/screens/document';
import { Shell } from '../story/screens/shell';
import { SignInScreen } from '../story/screens/sign-in';

test('a change is found again and sent after the process was killed right after the save', async ({ app, page }) => {
  test.setTimeout(240_000);
  const office = await Office.open({ scale: 8 });
  try {
    const person = office.person('field@example.com');
    const customer = office.site.documents('Customer')[0]?.name ?? '';
    await new SignInScreen(page).signIn(office.url, person);
    const shell = new Shell(page);
    await shell.go('/get-ready');
    await shell.expectSync(/^Up to date/, 120_000);
    await office.cut();

    await shell.openDocument('Customer', customer);
    const form = new DocumentScreen(page);
    await form.openSection('More Information');
    await form.type('website', 'https://example.com/killed');
    await form.save();
    await app.kill();

    const again = await app.restart();
    await new Shell(again).go('/sync/waiting');
    await expect(again.getByRole('main').getByText(customer).first()).toBeVisible();
    expect(office.site.document('Customer', customer)?.['website'] ?? '').not.toBe('https://example.com/killed');

    await office.restore();
    // The secret was kept for the session only: the person signs in again, and what waited is sent.
    await new Shell(again).go('/sign-in');
    await new SignInScreen(again).signIn(office.url, person);
    await expect
      .poll(() => office.site.document('Customer', customer)?.['website'], { timeout: 60_000 })
      .toBe('https://example.com/killed');
  } finally {
    await office.close();
  }
});
