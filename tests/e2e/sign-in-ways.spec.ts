import { chromium } from '@playwright/test';
import type { Page } from '@playwright/test';
import { keptDocuments } from '../story/device';
import { Office } from '../story/office';
import { DocumentScreen } from '../story/screens/document';
import { Shell } from '../story/screens/shell';
import { SignInScreen } from '../story/screens/sign-in';
import { SyncCentre } from '../story/screens/sync-centre';
import { expect, test as base } from '../support/app';
import { chromiumOptions } from '../support/chromium';
import { filesWith } from '../support/files-with';
import { freePort } from '../support/free-port';
import type { RunningApp } from '../support/running-app';

type Fixtures = { callbackPort: number; office: Office };

const test = base.extend<Fixtures>({
  callbackPort: async ({}, use) => use(await freePort()),
  flags: async ({ callbackPort }, use) => use([`--oauth-port=${callbackPort}`]),
  office: async ({ callbackPort }, use) => {
    const office = await Office.open({ scale: 8 });
    const redirectUris = [`http://127.0.0.1:${callbackPort}/oauth/callback`];
    office.site.signedIn.oauth.clients.push({ clientId: 'field-crew', name: 'Fieldbook', redirectUris });
    await use(office);
    await office.close();
  },
});

const accounts = async (page: Page) => {
  await new Shell(page).go('/settings');
  return page.getByRole('region', { name: 'Accounts' });
};

async function changeWebsite(page: Page, customer: string, website: string): Promise<void> {
  const form = new DocumentScreen(page);
  await new Shell(page).openDocument('Customer', customer);
  await form.openSection('More Information');
  await form.type('website', website);
  await form.save();
}

test('a session that ends in the middle of work keeps all of it, asks the same person for the password, and sends it then', async ({
  app,
  page,
  office,
}) => {
  test.setTimeout(300_000);
  const [screen, shell] = [new SignInScreen(page), new Shell(page)];
  await screen.signInByPassword(office.url, 'field@example.com', 'wrong');
  await expect(page.getByRole('alert')).toContainText('The site does not accept this user and password.');
  await expect(page.getByRole('alert')).toContainText('Invalid login credentials');
  await screen.password.fill('field');
  await screen.submit();
  await expect(await accounts(page)).toContainText('by password');

  const customer = office.site.documents('Customer')[0]?.name ?? '';
  await expect.poll(async () => (await keptDocuments(page)).some(({ name }) => name === customer), { timeout: 120_000 }).toBe(true);
  await changeWebsite(page, customer, 'https://first.example.com');
  const website = () => office.site.document('Customer', customer)?.['website'];
  await expect.poll(website, { timeout: 60_000 }).toBe('https://first.example.com');

  office.site.endSessions();
  await changeWebsite(page, customer, 'https://kept.example.com');
  await shell.expectSync(/^Sign in again · 1 change waiting/);
  const url = page.url();
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await shell.expectSync(/^Sign in again · 1 change waiting/);
  await shell.pill.click();
  await expect(page.getByRole('heading', { name: 'Sign in again, field@example.com' })).toBeVisible();
  await expect(screen.user).toHaveValue('field@example.com');
  await expect(screen.user).not.toBeEditable();
  await expect(screen.password).toBeFocused();
  await page.keyboard.type('field');
  await page.keyboard.press('Enter');
  await expect.poll(website, { timeout: 60_000 }).toBe('https://kept.example.com');
  await expect(page).toHaveURL(url);
  const [sid] = [...office.site.signedIn.sessions.keys()];
  await app.close();
  expect(await filesWith(app.dataFolder, sid ?? '')).toEqual([]);
});

test('a site that wants a second factor asks for its code, tells a wrong one, and signs in with the right one', async ({
  page,
  office,
}) => {
  const screen = new SignInScreen(page);
  await screen.signInByPassword(office.url, 'readonly@example.com', 'reader');
  await expect(page.getByText('Enter the code that your authenticator app shows for this site.')).toBeVisible();
  const code = page.getByLabel('Code', { exact: true });
  await expect(code).toBeFocused();
  await page.keyboard.type('000000');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('Incorrect Verification code');
  await code.fill('123456');
  await page.getByRole('button', { name: 'Confirm' }).click();
  await expect(await accounts(page)).toContainText('Rita Reader');
});

/** The page at which the person signs in: a tab of the browser that the app is in, or one of the system's own. */
async function signInPage(app: RunningApp, page: Page, press: () => Promise<void>): Promise<{ tab: Page; close: () => Promise<void> }> {
  if (app.electron === null) {
    const opened = page.context().waitForEvent('page');
    await press();
    const tab = await opened;
    return { tab, close: () => tab.close() };
  }
  // What the system would open is taken note of instead.
  await app.electron.evaluate(({ shell }) => {
    shell.openExternal = (url) => {
      Object.assign(globalThis, { openedOutside: url });
      return Promise.resolve();
    };
  });
  await press();
  const opened = () => app.electron!.evaluate(() => String(Reflect.get(globalThis, 'openedOutside') ?? ''));
  await expect.poll(opened).toContain('oauth2.authorize');
  const browser = await chromium.launch(chromiumOptions());
  const tab = await browser.newPage();
  await tab.goto(await opened());
  return { tab, close: () => browser.close() };
}

test('a person signs in on the site itself in the browser, once more after the tokens were revoked, and signs out of it', async ({
  app,
  page,
  office,
}) => {
  test.setTimeout(300_000);
  const [screen, shell] = [new SignInScreen(page), new Shell(page)];
  await screen.address.fill(office.url);
  await screen.user.click();
  await screen.choose('Browser');
  await page.getByLabel('Client ID').fill('field-crew');
  const press = () => page.getByRole('button', { name: 'Sign in with the browser' }).click();

  const declined = await signInPage(app, page, press);
  await declined.tab.getByLabel('Email').fill('field@example.com');
  await declined.tab.getByLabel('Password').fill('field');
  await declined.tab.getByRole('button', { name: 'Login' }).click();
  await declined.tab.getByRole('link', { name: 'Deny' }).click();
  await expect(declined.tab.getByText('Nothing was allowed.')).toBeVisible();
  await declined.close();
  await expect(page.getByRole('alert')).toContainText('The sign-in was declined in the browser.');

  const first = await signInPage(app, page, press);
  if (app.electron !== null) {
    await first.tab.getByLabel('Email').fill('field@example.com');
    await first.tab.getByLabel('Password').fill('field');
    await first.tab.getByRole('button', { name: 'Login' }).click();
  }
  await expect(first.tab.getByText('Fieldbook wants to act as field@example.com.')).toBeVisible();
  await first.tab.getByRole('button', { name: 'Allow' }).click();
  await expect(first.tab.getByText('Fieldbook has what it needs.')).toBeVisible();
  await first.close();
  await expect(await accounts(page)).toContainText('with the browser');

  for (const pair of office.site.signedIn.oauth.pairs) pair.revoked = true;
  await new SyncCentre(page).syncNow();
  await shell.expectSync(/^Sign in again/);
  const section = await accounts(page);
  await expect(section).toContainText('sign-in expired');
  await section.getByRole('button', { name: 'Sign in again' }).click();
  await expect(page.getByRole('radio', { name: 'Browser' })).toBeChecked();
  await expect(page.getByLabel('Client ID')).toHaveValue('field-crew');
  const second = await signInPage(app, page, press);
  if (app.electron !== null) {
    await second.tab.getByLabel('Email').fill('field@example.com');
    await second.tab.getByLabel('Password').fill('field');
    await second.tab.getByRole('button', { name: 'Login' }).click();
  }
  await second.tab.getByRole('button', { name: 'Allow' }).click();
  await second.close();
  await expect(shell.pill).not.toHaveText(/^Sign in again/);

  await (await accounts(page)).getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out', exact: true }).click();
  await expect.poll(() => office.site.signedIn.oauth.pairs.every(({ revoked }) => revoked)).toBe(true);
});

test('who cancels the sign-in in the browser goes on with another way', async ({ page, office, app }) => {
  const screen = new SignInScreen(page);
  await screen.address.fill(office.url);
  await screen.user.click();
  await screen.choose('Browser');
  await page.getByLabel('Client ID').fill('field-crew');
  const opened = await signInPage(app, page, () => page.getByRole('button', { name: 'Sign in with the browser' }).click());
  await expect(page.getByText('Sign in in the browser, and come back here.')).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await opened.close();
  await screen.choose('Password');
  await screen.user.fill('field@example.com');
  await screen.password.fill('field');
  await screen.submit();
  await expect(await accounts(page)).toContainText('by password');
});
