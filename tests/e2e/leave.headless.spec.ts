import { Office } from '../story/office';
import { DocumentScreen } from '../story/screens/document';
import { Shell } from '../story/screens/shell';
import { SignInScreen } from '../story/screens/sign-in';
import { expect, test } from '../support/app';

test('signing out and closing the tab ask while work waits to be sent, and signing out says what', async ({ page }) => {
  test.setTimeout(120_000);
  const office = await Office.open({ scale: 8 });
  const shell = new Shell(page);
  const form = new DocumentScreen(page);
  const signOut = page.getByRole('button', { name: 'Sign out', exact: true });
  const question = page.getByRole('dialog');
  try {
    await new SignInScreen(page).signIn(office.url, office.person('field@example.com'));
    await shell.expectSync(/^Up to date/, 60_000);

    await shell.go('/settings');
    await signOut.click();
    await expect(question).toContainText('What signs you in is forgotten here');
    await expect(question).not.toContainText('sent');
    await question.getByRole('button', { name: 'Cancel' }).click();

    await office.cut();
    for (const { name } of office.site.documents('Customer').slice(0, 2)) {
      await shell.openDocument('Customer', name);
      await form.openSection('More Information');
      await form.type('website', 'https://example.com/unsent');
      await form.save();
    }
    await shell.go('/settings');
    await signOut.click();
    await expect(question).toContainText('2 Customer');
    await question.getByRole('button', { name: 'Cancel' }).click();
    await expect(question).toHaveCount(0);

    const asked = page.waitForEvent('dialog');
    const closed = page.waitForEvent('close');
    await page.close({ runBeforeUnload: true });
    expect((await asked).type()).toBe('beforeunload');
    await closed;
  } finally {
    await office.close();
  }
});
