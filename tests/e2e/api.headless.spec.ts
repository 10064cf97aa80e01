import type { Page } from '@playwright/test';
import { expect, test } from '../support/app';
import { Office } from '../story/office';
import { Shell } from '../story/screens/shell';
import { SignInScreen } from '../story/screens/sign-in';

/** Signed in, while the first download still goes on. */
async function ready(page: Page): Promise<{ office: Office; shell: Shell }> {
  const office = await Office.open({ scale: 8 });
  const shell = new Shell(page);
  await new SignInScreen(page).signIn(office.url, office.person('field@example.com'));
  await shell.pill.waitFor();
  return { office, shell };
}

/** Fills the console in and runs what stands there. */
async function run(page: Page, http: RegExp, path: string, args: string): Promise<void> {
  await page.getByRole('radio', { name: http }).check();
  await page.getByLabel('Method, or the path of a DocType').fill(path);
  await page.getByLabel('Arguments (JSON)').fill(args);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
}

test('any method is run from the palette: read as a table or JSON, checked as it is typed, and asked about where it may change data', async ({
  page,
}) => {
  const { office } = await ready(page);
  try {
    await page.keyboard.press('ControlOrMeta+k');
    await page.getByRole('combobox').last().fill('run a');
    await page.getByRole('option', { name: 'Run a method' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Run a method' })).toBeVisible();

    await page.getByLabel('Arguments (JSON)').fill('{"doctype": Customer}');
    await expect(page.getByText(/This is not JSON/)).toBeVisible();
    await run(page, /^GET/, '/api/resource/Customer?limit_page_length=3', '{"fields": ["name", "customer_type"]}');
    const answer = page.getByRole('region', { name: 'Answer', exact: true });
    await expect(answer.getByRole('status').first()).toHaveText(/^3 rows · .+ in [\d,.]+ ms$/);
    await expect(answer.getByRole('row')).toHaveCount(4);
    const download = page.waitForEvent('download');
    await answer.getByRole('button', { name: 'Export CSV' }).click();
    expect((await download).suggestedFilename()).toBe('answer.csv');
    await answer.getByRole('radio', { name: 'JSON' }).check();
    await expect(answer.getByRole('region', { name: 'Answer as JSON' })).toContainText('"customer_type"');

    // What may change data is asked about, and not sent without a yes.
    const customer = office.site.documents('Customer')[0]?.name ?? '';
    const args = JSON.stringify({ docs: [{ doctype: 'Customer', docname: customer, website: 'by-console.example' }], password: 'hidden' });
    await run(page, /^POST/, 'frappe.client.bulk_update', args);
    const question = page.getByRole('dialog', { name: 'Run frappe.client.bulk_update on the server?' });
    await expect(question).toContainText('docs, password');
    await question.getByRole('button', { name: 'Cancel' }).click();
    expect(office.site.document('Customer', customer)?.['website']).not.toBe('by-console.example');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await question.getByRole('button', { name: 'Run it' }).click();
    await expect(answer).toContainText('failed_docs');
    expect(office.site.document('Customer', customer)?.['website']).toBe('by-console.example');

    // The server's own words, and what was called, without what may be secret.
    await run(page, /^GET/, 'frappe.client.get_nothing', '');
    await expect(page.getByRole('alert').filter({ hasText: 'Details' })).toBeVisible();
    await page.getByRole('button', { name: 'Use POST frappe.client.bulk_update again' }).click();
    await expect(page.getByLabel('Arguments (JSON)')).toHaveValue(/"password": ""/);
    await expect(page.getByText('Values that may be secret were not kept')).toBeVisible();
    await expect(page.locator('body')).not.toContainText('hidden');
  } finally {
    await office.close();
  }
});

test('the console runs nothing without a connection, and says so', async ({ page }) => {
  const { office, shell } = await ready(page);
  try {
    await shell.go('/sync');
    await page.getByText('Work offline', { exact: true }).click();
    await shell.expectSync(/^Working offline/);
    await shell.go('/console');
    await expect(page.getByText('Go back online to run something on the server.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Run', exact: true })).toBeDisabled();
  } finally {
    await office.close();
  }
});

test('what was asked of the server is shown, kept over a restart, and kept to a budget that says when sync goes on', async ({
  app,
  page,
}) => {
  test.setTimeout(180_000);
  const { office, shell } = await ready(page);
  try {
    await shell.go('/api-use');
    const figure = (on: Page, key: string) => on.locator(`[data-figure="${key}"] dd`);
    const requests = async (on: Page): Promise<number> => Number((await figure(on, 'requests').innerText()).replace(/\D/g, ''));
    await expect.poll(() => requests(page), { timeout: 60_000 }).toBeGreaterThan(110);
    const asked = await requests(page);
    await expect(figure(page, 'median')).toHaveText(/ms|s$/);
    await expect(page.getByRole('img', { name: /^Requests, Last hour, by the minute: at most \d+/ })).toBeVisible();
    await expect(page.getByTestId('endpoints').getByRole('row', { name: /^Customer \d/ })).toBeVisible();
    await page.getByText('The same as a table').click();
    await expect(page.getByRole('table', { name: 'What was asked, by the minute' }).getByRole('row').nth(1)).toBeVisible();

    const budget = page.getByTestId('budget');
    await budget.getByText('Keep sync to a budget').click();
    await budget.getByLabel('Requests in an hour').fill('5');
    await budget.getByRole('button', { name: 'Save' }).click();
    await expect(budget.getByText(/Type a whole number between/)).toBeVisible();
    await budget.getByLabel('Requests in an hour').fill('100');
    await budget.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByTestId('budget-state')).toHaveText(/of 100 used in the last hour/);

    // Whatever is due next in the background finds it used up.
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await shell.expectSync(/^Budget used up · goes on in \d+ (min|h)/);
    await expect(page.getByTestId('budget-state')).toHaveText(/used in the last hour. Sync goes on in/);

    // A person may want it now all the same.
    await shell.go('/sync/connection');
    await page.getByTestId('sync-now').click();
    await shell.expectSync(/^(Connected|Downloading|Up to date)/);

    const again = await app.restart();
    await new Shell(again).go('/api-use');
    await expect.poll(() => requests(again)).toBeGreaterThanOrEqual(asked);
  } finally {
    await office.close();
  }
});
