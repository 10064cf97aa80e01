import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { keepOnly, keptDocuments } from '../story/device';
import { Office } from '../story/office';
import { Shell } from '../story/screens/shell';
import { SignInScreen } from '../story/screens/sign-in';
import { expect, test } from '../support/app';
import { profileThere, removeFileThere } from '../support/profile-there';

const rowOf = (page: Page, doctype: string): Locator => page.locator(`tr[data-doctype="${doctype}"]`);
const preview = (page: Page): Locator => page.getByTestId('profile-preview');
const group = (page: Page, key: string): Locator => preview(page).locator(`[data-group="${key}"]`);
const take = (page: Page): Promise<void> => page.getByTestId('take-profile').click();

/** In Get ready, on a device that keeps these few DocTypes: the usual ones would take their time, and are not what is looked at here. */
async function gettingReady(page: Page, office: Office, ...doctypes: string[]): Promise<Shell> {
  const shell = new Shell(page);
  await new SignInScreen(page).signIn(office.url, office.person('field@example.com'));
  await shell.go('/get-ready');
  // The database is there.
  await expect(rowOf(page, 'Customer')).toBeVisible();
  await keepOnly(
    page,
    doctypes.map((doctype) => ({ doctype, filters: [] })),
  );
  await shell.expectSync(/^Up to date/, 120_000);
  await shell.go('/get-ready');
  return shell;
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
}

test('a preset is looked at, counted, taken, downloaded, paused, and goes on after a restart', async ({ app, page }) => {
  test.setTimeout(240_000);
  const held = new Set<string>();
  const asked: string[] = [];
  const office = await Office.open({
    scale: 40,
    fetch: (site) => async (request) => {
      const url = new URL(request.url);
      if (url.searchParams.get('fields') === '["*"]') asked.push(decodeURIComponent(url.pathname).replace('/api/resource/', ''));
      while (held.has(decodeURIComponent(url.pathname).replace('/api/resource/', ''))) await new Promise((next) => setTimeout(next, 50));
      return site.fetch(request);
    },
  });
  try {
    // The download that begins by itself is held so that all of it is still to come.
    held.add('Customer');
    await new SignInScreen(page).signIn(office.url, office.person('field@example.com'));
    const shell = new Shell(page);
    await shell.go('/get-ready');
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    held.clear();
    await page.getByRole('button', { name: 'Sales', exact: true }).click();
    await expect(preview(page).getByRole('heading', { name: 'Preset for Sales' })).toBeFocused();
    await expect(group(page, 'changed')).toContainText('Sales Order');
    await expect(group(page, 'removed')).toContainText('Journal Entry');
    // The demo company has no such DocType.
    await expect(group(page, 'leftOut')).toContainText('Opportunity', { timeout: 30_000 });
    await expect(preview(page)).toContainText(/[\d.,]+ documents on the server in all/);
    await expectAccessible(page);
    await take(page);
    await expect(preview(page)).toBeHidden();
    await expect(rowOf(page, 'Journal Entry')).toHaveCount(0);
    await expect(rowOf(page, 'Opportunity')).toHaveCount(0);
    await expect(rowOf(page, 'Sales Order')).toContainText('Last 12 months');

    // Its count and size follow what is chosen, before anything of it is here.
    const orders = office.site.documents('Sales Order');
    await page.getByRole('button', { name: /Filter of Sales Order$/ }).click();
    await expect(page.getByTestId('entry-size')).toHaveText(/^On the server: \d+ documents, about [\d.]+\s[kM]B on this device\.$/, {
      timeout: 30_000,
    });
    await page.getByTestId('window').click();
    await page.getByRole('option', { name: 'All', exact: true }).click();
    await expect(page.getByTestId('entry-size')).toContainText(`On the server: ${orders.length} documents, about`);

    // Two are downloaded at a time: both are held.
    held.add('Item Price').add('Price List');
    await page.getByRole('button', { name: 'Go on' }).click();
    await expect(rowOf(page, 'Customer')).toHaveAttribute('data-state', 'done', { timeout: 60_000 });
    await expect(rowOf(page, 'Item Price')).toHaveAttribute('data-state', 'downloading', { timeout: 60_000 });
    await expect(page.getByTestId('last-ready').first()).toContainText('Never ready on this device yet.');
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    held.clear();
    await expect(page.getByTestId('download-progress')).toContainText('The download is paused.');
    await expect(rowOf(page, 'Item Price')).toHaveAttribute('data-state', /done|waiting/);
    expect(await rowOf(page, 'Territory').getAttribute('data-state')).not.toBe('done');

    asked.length = 0;
    const again = await app.restart();
    const after = new Shell(again);
    // The secret was kept for the session only.
    await after.go('/sign-in');
    await new SignInScreen(again).signIn(office.url, office.person('field@example.com'));
    await after.expectSync(/^Up to date/, 120_000);
    await after.go('/get-ready');
    await expect(rowOf(again, 'Territory')).toHaveAttribute('data-state', 'done');
    await expect(again.getByTestId('last-ready').first()).toContainText(/^Last ready: /);
    await expect(again.getByRole('navigation').first()).toContainText(/Ready (just now|\d+ s ago|1 min ago)/);
    // What was whole before is not downloaded again.
    expect(asked).not.toContain('Customer');
    expect((await keptDocuments(again)).some(({ doctype }) => doctype === 'Journal Entry')).toBe(false);

    // Where the server is not asked it is still said what is here and how old it is.
    const unasked = await app.restart();
    await new Shell(unasked).expectSync(/^Sign in again/, 60_000);
    await new Shell(unasked).go('/get-ready');
    await expect(unasked.getByTestId('readiness')).toContainText('documents of');
  } finally {
    held.clear();
    await office.close();
  }
});

test('a profile is exported, and taken from a file, after a look; a file that is none is told', async ({ page, folder }) => {
  test.setTimeout(180_000);
  const office = await Office.open({ scale: 8 });
  try {
    await gettingReady(page, office, 'Customer', 'Sales Order', 'Brand');
    await page.getByRole('button', { name: /Filter of Brand$/ }).click();
    await page.getByRole('checkbox', { name: 'What they link to comes along' }).uncheck();
    await expect(rowOf(page, 'Brand')).toContainText('without what they link to');

    await page.getByRole('button', { name: 'Export…' }).click();
    await page.getByRole('textbox', { name: 'Name of the profile' }).fill('North team');
    const coming = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save file' }).click();
    const download = await coming;
    expect(download.suggestedFilename()).toBe('north-team.fieldbook-profile.json');
    const path = join(folder, 'north.json');
    await download.saveAs(path);
    const text = await readFile(path, 'utf8');
    expect(JSON.parse(text)).toMatchObject({ format: 'fieldbook-profile', version: 1, name: 'North team' });
    const { apiSecret, apiKey } = office.person('field@example.com');
    for (const secret of [apiSecret, apiKey, 'field@example.com']) expect(text).not.toContain(secret);

    // Taken out: what leaves is said, and goes with the next sync.
    const brands = (await keptDocuments(page)).filter(({ doctype }) => doctype === 'Brand').length;
    await rowOf(page, 'Brand').getByRole('checkbox').uncheck();
    await expect(page.getByTestId('leaving')).toContainText(`With the next sync ${brands} documents leave this device`);

    const chooser = page.getByTestId('profile-file');
    const bad = join(folder, 'bad.json');
    for (const [content, told] of [
      ['{"name":"other"}', 'not a Fieldbook profile'],
      ['{"format":"fieldbook-profile","version":9}', 'newer version of Fieldbook'],
      ['{"format":"fieldbook-profile","version":1,"name":"x","keep":[{"doctype":"Item","filters":[["a b","=",1]]}]}', 'entry 1 (Item)'],
    ] as const) {
      await writeFile(bad, content);
      await chooser.setInputFiles(bad);
      await expect(page.getByRole('alert')).toContainText(told);
      await expect(preview(page)).toBeHidden();
    }

    const changed = { ...(JSON.parse(text) as { keep: object[] }) };
    changed.keep = [
      { doctype: 'Customer' },
      { doctype: 'Brand', links: false },
      { doctype: 'Sales Order Item' },
      { doctype: 'No Such Thing' },
    ];
    await writeFile(path, JSON.stringify(changed));
    await chooser.setInputFiles(path);
    await expect(group(page, 'added')).toContainText('Brand');
    await expect(group(page, 'removed')).toContainText('Sales Order');
    await expect(group(page, 'leftOut')).toContainText('Sales Order Item');
    await expect(group(page, 'leftOut')).toContainText('No Such Thing');
    await preview(page).getByRole('radio', { name: 'Besides what is kept now' }).check();
    await expect(group(page, 'removed')).toHaveCount(0);
    await preview(page).getByRole('radio', { name: 'Instead of what is kept now' }).check();
    await take(page);
    await expect(page.locator('tr[data-doctype]')).toHaveCount(2);
    await expect(rowOf(page, 'Brand')).toContainText('without what they link to');
  } finally {
    await office.close();
  }
});

test('a DocType is found by name and module among those of the site, and one that may not be read is not added', async ({ page }) => {
  test.setTimeout(120_000);
  const office = await Office.open({ scale: 8 });
  try {
    await gettingReady(page, office, 'Customer', 'Brand');
    const box = page.getByRole('combobox', { name: 'Add a DocType' });
    await box.click();
    await box.fill('visit');
    await expect(page.getByRole('option', { name: /Maintenance Visit/ })).toBeVisible();
    await box.fill('deleted doc');
    await expect(page.getByRole('option', { name: /Deleted Document/ })).toHaveCount(0);
    await box.fill('Deleted Document');
    await expect(page.getByRole('option', { name: 'Deleted Document' })).toBeVisible();
    await box.press('Enter');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await expect(page.getByRole('alert')).toContainText('Deleted Document was not added.');
    await box.fill('maintenance visit');
    await expect(page.getByRole('option', { name: /Maintenance Visit/ })).toBeVisible();
    await expect(page.getByRole('option', { name: 'Account' })).toHaveCount(0);
    await box.press('Enter');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await expect(rowOf(page, 'Maintenance Visit')).toBeVisible();
    // Its fields are there to be filtered by before anything of it was downloaded.
    await page.getByRole('button', { name: /Filter of Maintenance Visit$/ }).click();
    await expect(page.getByTestId('entry-size')).toContainText('On the server:');
    await expect(page.getByRole('button', { name: 'Download Maintenance Visit later' })).toBeDisabled();
    await page.getByRole('button', { name: 'Download Maintenance Visit earlier' }).click();
    await expect(page.getByRole('button', { name: 'Download Maintenance Visit later' })).toBeEnabled();
    await page.reload();
    await expect(page.locator('tr[data-doctype]').nth(1)).toHaveAttribute('data-doctype', 'Maintenance Visit');
  } finally {
    await office.close();
  }
});

test("the company's profile is found on the site, followed, and updates by itself; what the person chose stays", async ({ page }) => {
  test.setTimeout(180_000);
  const office = await Office.open({ scale: 8 });
  const keep = (...doctypes: string[]): object => ({ keep: doctypes.map((doctype) => ({ doctype })) });
  try {
    const url = await profileThere(office.site, keep('Customer', 'Brand', 'UOM'));
    const replace = async (profile: object): Promise<void> => {
      removeFileThere(office.site, url);
      office.site.engine.disk.delete(url);
      await profileThere(office.site, profile);
    };
    const shell = await gettingReady(page, office, 'Customer', 'Item Group');
    const section = page.getByTestId('company-profile');
    await section.getByRole('button', { name: 'Look at sales.fieldbook-profile.json' }).click();
    await expect(preview(page)).toContainText('Profile “Field sales” of your company');
    await expect(page.getByTestId('take-profile')).toBeEnabled({ timeout: 30_000 });
    await take(page);
    await expect(page.locator('tr[data-doctype]')).toHaveCount(3);
    await expect(rowOf(page, 'Customer')).toContainText('From your company');
    await expect(section).toContainText('This device follows “Field sales”');
    await expectAccessible(page);

    await rowOf(page, 'UOM').getByRole('checkbox').uncheck();
    await expect(section).toContainText('You took out: UOM.');

    await replace(keep('Customer', 'UOM', 'Territory'));
    await page.reload();
    const news = page.getByTestId('company-news');
    await expect(news).toContainText('New: Territory.', { timeout: 60_000 });
    await expect(news).toContainText('No longer: Brand');
    await expect(rowOf(page, 'Territory')).toHaveAttribute('data-state', 'done', { timeout: 30_000 });
    await expect(rowOf(page, 'Brand')).toHaveCount(0);
    await expect(rowOf(page, 'UOM')).toHaveCount(0);
    await news.getByRole('button', { name: 'Seen' }).click();
    await expect(news).toBeHidden();
    await section.getByRole('button', { name: 'Put back' }).click();
    await expect(rowOf(page, 'UOM')).toContainText('From your company');

    removeFileThere(office.site, url);
    await section.getByRole('button', { name: 'Look again' }).click();
    await expect(page.getByTestId('company-problem')).toContainText('What it said last stays.', { timeout: 30_000 });
    await expect(page.getByTestId('readiness')).toContainText('Your company’s profile could not be read');
    await expect(page.locator('tr[data-doctype]')).toHaveCount(3);
    await shell.go('/settings');
    await expect(page.getByText('This device follows your company’s profile “Field sales”.')).toBeVisible();
  } finally {
    await office.close();
  }
});

test('Get ready has room in any window, with a name that is long', async ({ page }) => {
  test.setTimeout(120_000);
  const office = await Office.open({ scale: 8 });
  try {
    await gettingReady(page, office, 'Customer', 'Sales Taxes and Charges Template');
    for (const width of [400, 720, 1000, 1400]) {
      await page.setViewportSize({ width, height: 900 });
      await expect(rowOf(page, 'Sales Taxes and Charges Template')).toBeVisible();
      await page.getByRole('button', { name: /Filter of Sales Taxes and Charges Template$/ }).click();
      await expect(page.getByTestId('entry-size')).toBeVisible();
      const [scroll, inner] = await page.evaluate(() => [
        document.documentElement.scrollWidth,
        document.querySelector('main')?.scrollWidth ?? 0,
      ]);
      expect(scroll).toBe(width);
      expect(inner).toBeLessThanOrEqual(width);
      const table = page.getByRole('table', { name: 'DocTypes kept on this device' });
      await expect(table.getByRole('rowheader', { name: /Sales Taxes and Charges Template/ })).toBeVisible();
      await page.getByRole('button', { name: /Filter of Sales Taxes and Charges Template$/ }).click();
    }
  } finally {
    await office.close();
  }
});
