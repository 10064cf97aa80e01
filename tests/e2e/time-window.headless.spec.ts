import type { Page } from '@playwright/test';
import { keptDocuments } from '../story/device';
import { Office } from '../story/office';
import { ListScreen } from '../story/screens/list';
import { Shell } from '../story/screens/shell';
import { SignInScreen } from '../story/screens/sign-in';
import { expect, test } from '../support/app';

/** Documents of the office that could link to an order. */
const linking = ['Sales Order', 'Purchase Order', 'Sales Invoice', 'Purchase Invoice', 'Delivery Note', 'Stock Entry', 'Payment Entry'];

/** The office's orders by their date: within the last so many days; older; and those of the older that nothing else names. */
function ordersOf(office: Office, days: number) {
  const from = new Date(Date.now() - days * 24 * 60 * 60_000).toISOString().slice(0, 10);
  const texts = linking.flatMap((doctype) => office.site.documents(doctype).map((doc) => ({ name: doc.name, text: JSON.stringify(doc) })));
  const orders = office.site.documents('Sales Order');
  const older = orders.filter((order) => String(order['transaction_date']) < from).map(({ name }) => name);
  return {
    recent: orders.map(({ name }) => name).filter((name) => !older.includes(name)),
    older,
    alone: older.filter((order) => !texts.some(({ name, text }) => name !== order && text.includes(`"${order}"`))),
  };
}

const ordersHere = async (page: Page): Promise<string[]> =>
  (await keptDocuments(page)).flatMap(({ doctype, name }) => (doctype === 'Sales Order' ? [name] : []));

test('a time window set in Get ready lets older orders go, and stays set', async ({ page }) => {
  test.setTimeout(120_000);
  const office = await Office.open({ scale: 60 });
  const shell = new Shell(page);
  const list = new ListScreen(page);
  const row = page.locator('tr[data-doctype="Sales Order"]');
  const choices = page.getByRole('button', { name: /Filter of Sales Order$/ });
  try {
    await new SignInScreen(page).signIn(office.url, office.person('field@example.com'));
    await shell.expectSync(/^Up to date/, 60_000);
    const { recent, older, alone } = ordersOf(office, 366);
    expect([recent.length > 0, alone.length > 0]).toEqual([true, true]);
    expect((await ordersHere(page)).sort()).toEqual([...recent, ...older].sort());

    await shell.go('/get-ready');
    await expect(row.getByTestId('size')).toHaveText(/^≈\s[\d.]+\s[kM]B$/);
    const sizeBefore = await row.getByTestId('size').innerText();
    await choices.click();
    await page.getByTestId('window').click();
    await page.getByRole('option', { name: 'Last 12 months' }).click();
    await expect(page.getByTestId('window-meaning')).toContainText('Documents dated in the last 12 months, and what they link to.');
    await expect(row).toContainText('Last 12 months');
    await expect(row.getByTestId('there')).toHaveText(String(recent.length));

    // Taken out and put back, it is what it was.
    const box = page.getByRole('checkbox', { name: /Sales Order$/ });
    await box.uncheck();
    await box.check();
    await expect(row).toContainText('Last 12 months');

    await page.getByTestId('download').click();
    await expect.poll(async () => (await ordersHere(page)).filter((name) => alone.includes(name)), { timeout: 20_000 }).toEqual([]);
    const left = await ordersHere(page);
    expect(left).toEqual(expect.arrayContaining(recent));
    await expect(row.getByTestId('size')).not.toHaveText(sizeBefore);

    await page.reload();
    await list.open('Sales Order');
    await expect(list.count).toContainText(String(left.length));
    const [gone, stays] = [alone[0] ?? '', recent[0] ?? ''];
    await page.getByTestId('list-search').fill(stays);
    await expect(list.row(stays)).toBeVisible();
    await page.getByTestId('list-search').fill(gone);
    await expect(page.getByText(`No sales orders match “${gone}”.`)).toBeVisible();

    await shell.go('/get-ready');
    await expect(row).toContainText('Last 12 months');
  } finally {
    await office.close();
  }
});
