import type { Locator } from '@playwright/test';
import { addApproval } from '../story/doctypes/approval';
import { colleague } from '../story/doctypes/case';
import { Office } from '../story/office';
import { DocumentScreen } from '../story/screens/document';
import { ListScreen } from '../story/screens/list';
import { Shell } from '../story/screens/shell';
import { SignInScreen } from '../story/screens/sign-in';
import { SyncCentre } from '../story/screens/sync-centre';
import { expect, test } from '../support/app';

/** DocTypes that are no plain list of documents: a tree, one with a workflow, and a single. */

test('a tree DocType is gone through by its branches', async ({ page }) => {
  const office = await Office.open({ scale: 20 });
  const { site } = office;
  const shell = new Shell(page);
  const list = new ListScreen(page);
  const tree = page.getByRole('tree');
  const line = (name: string): Locator => tree.locator(`[data-name="${name}"]`);
  const [root] = site.documents('Territory').filter(({ parent_territory: parent }) => !parent);
  const branch = site.documents('Territory').find(({ parent_territory: parent }) => parent === root?.name);
  try {
    if (root === undefined || branch === undefined) throw new Error('the demo company has no territories');
    site.as('Administrator').insert('Territory', { territory_name: 'Harbour', parent_territory: branch.name });
    await new SignInScreen(page).signIn(office.url, office.person('field@example.com'));
    await shell.expectSync(/^Up to date/, 120_000);
    await list.open('Territory');
    await expect(line(root.name)).toHaveAttribute('aria-expanded', 'true');
    await expect(line(branch.name)).toHaveAttribute('aria-level', '2');

    await test.step('by keyboard', async () => {
      await line(root.name).focus();
      await page.keyboard.press('ArrowLeft');
      await expect(line(branch.name)).toHaveCount(0);
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      await expect(tree.locator('[aria-level="2"]').first()).toBeFocused();
      await page.keyboard.press('ArrowLeft');
      await expect(line(root.name)).toBeFocused();
      await page.keyboard.press('Enter');
      await expect(page.getByRole('heading', { level: 1, name: root.name })).toBeVisible();
    });

    await test.step('a search looks through all of it', async () => {
      await list.open('Territory');
      await page.getByTestId('list-search').fill(branch.name);
      await expect(tree).toHaveCount(0);
      await expect(list.row(branch.name)).toBeVisible();
      await page.getByTestId('list-search').fill('');
      await expect(tree).toBeVisible();
      await page.getByRole('button', { name: 'Tree', exact: true }).click();
      await expect(list.row(branch.name)).toBeVisible();
      await page.getByRole('button', { name: 'Tree', exact: true }).click();
      await expect(tree).toBeVisible();
    });

    await test.step('a leaf below a branch', async () => {
      await line(branch.name).focus();
      await page.keyboard.press('ArrowRight');
      await expect(line('Harbour')).toHaveAttribute('aria-level', '3');
      await line('Harbour').click();
      await expect(page.getByRole('heading', { level: 1, name: 'Harbour' })).toBeVisible();
    });
  } finally {
    await office.close();
  }
});

test('the steps of a workflow are taken offline, and counted', async ({ page }) => {
  const office = await Office.open({ scale: 20 });
  const { site } = office;
  addApproval(site, 'Customer');
  const shell = new Shell(page);
  const list = new ListScreen(page);
  const centre = new SyncCentre(page);
  const [customer, other] = site.documents('Customer').map(({ name }) => name);
  const state = (name = ''): unknown => site.document('Customer', name)?.['workflow_state'];
  try {
    await new SignInScreen(page).signIn(office.url, office.person('field@example.com'));
    await shell.expectSync(/^Up to date/, 120_000);
    await office.cut();
    await centre.syncNow();
    await shell.expectSync(/^Offline/);

    await shell.openDocument('Customer', customer ?? '');
    await page.getByRole('button', { name: 'Check', exact: true }).click();
    await expect(page.getByRole('button', { name: 'Check', exact: true })).toHaveCount(0);
    // The next step may follow unsent.
    await page.getByRole('button', { name: 'Approve', exact: true }).click();
    await expect(page.getByText('“Check → Approve” waits to be sent.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Approve', exact: true })).toHaveCount(0);
    // Meanwhile the office went on with another one.
    site.as(colleague).update('Customer', other ?? '', { workflow_state: 'Checked' });

    await office.restore();
    await centre.syncNow();
    await shell.expectSync(/^Up to date/, 60_000);
    expect([state(customer), state(other)]).toEqual(['Approved', 'Checked']);
    await list.open('Customer');
    const states = page.getByRole('list', { name: 'How many are in each state' });
    await states.getByRole('button', { name: /^Checked\s*1$/ }).click();
    await expect(list.count).toHaveText(/^1 of/);
    await expect(list.row(other ?? '')).toBeVisible();
    await states.getByRole('button', { name: /^Checked/ }).click();
    await expect(list.count).not.toHaveText(/ of /);
    await shell.openDocument('Customer', other ?? '');
    await page.getByRole('button', { name: 'Approve', exact: true }).click();
    await expect.poll(() => state(other)).toBe('Approved');
  } finally {
    await office.close();
  }
});

test('a pinned document stays at hand', async ({ page }) => {
  const office = await Office.open({ scale: 20 });
  const shell = new Shell(page);
  const list = new ListScreen(page);
  const pinned = page.getByRole('region', { name: 'Pinned' }).getByRole('link');
  const [customer] = office.site.documents('Customer').map(({ name }) => name);
  try {
    await new SignInScreen(page).signIn(office.url, office.person('field@example.com'));
    await shell.expectSync(/^Up to date/, 120_000);
    await shell.openDocument('Customer', customer ?? '');
    await page.getByRole('button', { name: 'Pin to the navigation' }).click();
    await expect(pinned).toHaveCount(1);
    await list.open('Item');
    await pinned.click();
    await expect(page.getByRole('heading', { level: 1, name: customer ?? '' })).toBeVisible();
    await page.getByRole('button', { name: 'Take from the navigation' }).click();
    await expect(pinned).toHaveCount(0);
  } finally {
    await office.close();
  }
});

test('a single is opened by its name, or kept like any other DocType, and edited offline', async ({ page }) => {
  const office = await Office.open({ scale: 20 });
  const { site } = office;
  const single = 'Selling Settings';
  const keptOnly = 'Global Defaults';
  for (const doctype of [single, keptOnly]) site.setPermission(doctype, { role: 'Sales User', read: 1, write: 1 });
  const shell = new Shell(page);
  const form = new DocumentScreen(page);
  const centre = new SyncCentre(page);
  try {
    await new SignInScreen(page).signIn(office.url, office.person('field@example.com'));
    await shell.expectSync(/^Up to date/, 120_000);
    await shell.openDocument(single, single);
    // Its form and itself are fetched, and stay.
    await expect(form.title).toHaveText(single, { timeout: 30_000 });
    await expect(form.field('cust_master_name')).toBeVisible();
    await shell.go('/get-ready');
    await page.getByRole('combobox', { name: 'Add a DocType' }).fill(keptOnly);
    await expect(page.getByRole('option', { name: keptOnly })).toBeVisible();
    await expect(page.getByRole('option', { name: 'Country' })).toHaveCount(0);
    await page.getByRole('combobox', { name: 'Add a DocType' }).press('Enter');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    const line = page.locator(`tr[data-doctype="${keptOnly}"]`);
    await page.getByRole('button', { name: 'Download', exact: true }).first().click();
    await expect(line).toHaveAttribute('data-state', 'done');
    await expect(line).toContainText('One document');
    await expect(line.getByTestId('there')).toHaveText('1');
    await office.cut();
    await centre.syncNow();
    await shell.expectSync(/^Offline/);
    // The palette leads to it like to a list.
    await shell.go(`/list/${encodeURIComponent(single)}`);
    await expect(form.title).toHaveText(single);
    await form.select('cust_master_name', 'Naming Series');
    await form.save();
    // Never opened before: the download brought it.
    await shell.go(`/list/${encodeURIComponent(keptOnly)}`);
    await expect(form.title).toHaveText(keptOnly);
    await expect(form.field('default_currency')).toBeVisible();
    await office.restore();
    await centre.syncNow();
    await shell.expectSync(/^Up to date/, 60_000);
    expect(site.document(single, single)).toMatchObject({ cust_master_name: 'Naming Series' });
  } finally {
    await office.close();
  }
});
