import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { Office } from '../story/office';
import { Shell } from '../story/screens/shell';
import { SignInScreen } from '../story/screens/sign-in';
import { expect, test as base } from '../support/app';
import { filesWith } from '../support/files-with';

const test = base.extend<{ office: Office }>({
  office: async ({}, use) => {
    const office = await Office.open({ scale: 8 });
    await use(office);
    await office.close();
  },
});

const accounts = async (page: Page) => {
  await new Shell(page).go('/settings');
  return page.getByRole('region', { name: 'Accounts' });
};

test.describe('without a key store', () => {
  test('the app says so, and keeps the secret for this session unless told otherwise', async ({ app, page, office, folder }) => {
    const person = office.person('field@example.com');
    await expect(page.getByText('This computer has no key store that protects what signs you in.')).toBeVisible();
    const choice = page.getByRole('radiogroup', { name: 'Where to keep what signs you in' });
    await expect(choice.getByRole('radio', { name: 'Only until Fieldbook is closed' })).toBeChecked();
    await new SignInScreen(page).signIn(office.url, person);
    await expect(await accounts(page)).toContainText('secret kept for this session only');

    const again = await app.restart();
    const section = await accounts(again);
    await expect(section).toContainText('signed out');
    await expect(section.getByRole('button', { name: 'Sign in again' })).toBeVisible();
    await app.close();
    expect(await filesWith(folder, person.apiSecret)).toEqual([]);
  });

  test('a secret that is to be kept all the same lies in a file of this user alone, and signs in again', async ({
    app,
    page,
    office,
    folder,
  }) => {
    const person = office.person('field@example.com');
    await page.getByText('On this device, in a file only you can read').click();
    await new SignInScreen(page).signIn(office.url, person);
    await expect(await accounts(page)).toContainText('secret in a file on this device');

    const again = await app.restart();
    const section = await accounts(again);
    await expect(section).toContainText('secret in a file on this device');
    await expect(section).not.toContainText('signed out');
    await app.close();
    const file = join(app.dataFolder, 'secrets.json');
    expect(await filesWith(folder, person.apiSecret)).toEqual([file]);
    if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600);
  });
});
