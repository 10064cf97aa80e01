import { Office } from '../story/office';
import { Shell } from '../story/screens/shell';
import { SignInScreen } from '../story/screens/sign-in';
import { expect, test } from '../support/app';
import { filesWith } from '../support/files-with';

test.describe('with a real key store', () => {
  test.use({ keyStore: true });

  test('a person stays signed in through a restart, and the secret is in no file', async ({ app, page, folder }) => {
    let asked = 0;
    const office = await Office.open({
      scale: 8,
      fetch: (site) => (request) => {
        if (request.headers.has('authorization')) asked += 1;
        return site.fetch(request);
      },
    });
    try {
      const person = office.person('field@example.com');
      await expect(page.getByText('What signs you in is kept in the key store of this computer')).toBeVisible();
      await new SignInScreen(page).signIn(office.url, person);
      await new Shell(page).expectSync(/^Up to date/);

      asked = 0;
      const again = await app.restart();
      await expect.poll(() => asked).toBeGreaterThan(0);
      await new Shell(again).go('/settings');
      const section = again.getByRole('region', { name: 'Accounts' });
      await expect(section).toContainText('secret in the key store');
      await expect(section).not.toContainText('signed out');

      await app.close();
      // What is looked for can be found: the user's name is kept as it is.
      expect(await filesWith(app.dataFolder, person.name)).not.toEqual([]);
      expect(await filesWith(folder, person.apiSecret)).toEqual([]);
    } finally {
      await office.close();
    }
  });
});
