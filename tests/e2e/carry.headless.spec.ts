import { join } from 'node:path';
import { expect, test } from '../support/app';
import { startHeadlessApp } from '../support/headless-app';
import { Office } from '../story/office';
import { DocumentScreen } from '../story/screens/document';
import { Shell } from '../story/screens/shell';
import { SignInScreen } from '../story/screens/sign-in';
import { SyncCentre } from '../story/screens/sync-centre';

const passphrase = 'three blue herons';

test('work exported on one device is imported on another and sent once', async ({ app, page, folder }) => {
  test.setTimeout(240_000);
  const office = await Office.open({ scale: 8 });
  const person = office.person('field@example.com');
  const named = () => office.site.documents('Customer').filter((doc) => doc['customer_name'] === 'Carried Ltd');
  const exported = join(folder, 'exported');
  try {
    await new SignInScreen(page).signIn(office.url, person);
    await new Shell(page).expectSync(/^Up to date/, 120_000);
    // By choice: what was tried in vain is looked for on the server for minutes before it is sent from elsewhere.
    await new SyncCentre(page).open('waiting');
    await page.getByText('Work offline', { exact: true }).click();
    await new Shell(page).expectSync(/^Working offline/);
    await new Shell(page).go('/new/Customer');
    const form = new DocumentScreen(page);
    await form.type('customer_name', 'Carried Ltd');
    await form.save();
    await form.drop([{ name: 'note.txt', type: 'text/plain', bytes: new TextEncoder().encode('Rings twice') }]);
    await new Shell(page).expectSync(/2 changes waiting$/);

    await new SyncCentre(page).open('connection');
    await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
    await page.getByLabel('Passphrase again').fill(passphrase);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await (await download).saveAs(exported);
    await expect(page.getByText('2 changes are in the file.')).toBeVisible();
    await app.kill(); // The laptop dies.

    const other = await startHeadlessApp({ dataFolder: join(folder, 'data-2'), profileFolder: join(folder, 'profile-2'), flags: [] });
    try {
      await new SignInScreen(other.page).signIn(office.url, person);
      await new Shell(other.page).expectSync(/^Up to date/, 120_000);
      const take = async (words: string) => {
        await new SyncCentre(other.page).open('connection');
        await other.page.getByTestId('import-file').setInputFiles(exported);
        await other.page.getByLabel('Passphrase of the file').fill(words);
        await other.page.getByRole('button', { name: 'Import', exact: true }).click();
      };
      await take('not the passphrase');
      await expect(other.page.getByRole('alert').getByText('The passphrase does not fit this file.')).toBeVisible();
      await take(passphrase);
      await expect(other.page.getByText('2 changes were taken in')).toBeVisible();
      await expect.poll(() => named().length, { timeout: 60_000 }).toBe(1);
      await new Shell(other.page).expectSync(/^Up to date/, 60_000);
      await take(passphrase);
      await expect(other.page.getByText('2 were here already.')).toBeVisible();
      await new SyncCentre(other.page).syncNow();
      await new Shell(other.page).expectSync(/^Up to date/, 60_000);
      expect(named()).toHaveLength(1);
      expect(office.filesOn('Customer', named()[0]?.name ?? '').map((file) => file.fileName)).toEqual(['note.txt']);
    } finally {
      await other.close();
    }
  } finally {
    await office.close();
  }
});
