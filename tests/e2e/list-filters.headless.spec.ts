import { addDays } from '@shared/erp/calendar';
import { rowsOf } from '@shared/erp/document';
import { keepOnly } from '../story/device';
import { chooseCast, colleague } from '../story/doctypes/case';
import { Office } from '../story/office';
import { ListScreen } from '../story/screens/list';
import { Shell } from '../story/screens/shell';
import { SignInScreen } from '../story/screens/sign-in';
import { expect, test } from '../support/app';

test('a list shows the documents of a period, which moves on with the days, and keeps it', async ({ page }) => {
  const office = await Office.open({ scale: 60 });
  const list = new ListScreen(page);
  const chips = page.getByRole('list', { name: 'Filters' });
  const today = office.site.clock.date();
  const orders = office.site.documents('Sales Order');
  const between = (from: string, to: string): string[] =>
    orders.filter((order) => String(order['transaction_date']) >= from && String(order['transaction_date']) <= to).map(({ name }) => name);
  const lately = between(addDays(today, -90), today);
  const lastYear = between(`${Number(today.slice(0, 4)) - 1}-01-01`, `${Number(today.slice(0, 4)) - 1}-12-31`);
  const addPeriod = async (period: string): Promise<void> => {
    await page.getByRole('combobox', { name: 'Field' }).click();
    await page.getByRole('combobox', { name: 'Field' }).fill('Date');
    await page.getByRole('option', { name: 'Date', exact: true }).click();
    await page.getByRole('combobox', { name: 'Condition' }).press('Enter');
    await page.getByRole('option', { name: 'is in the period' }).click();
    await page.getByRole('combobox', { name: 'Period' }).press('Enter');
    await page.getByRole('option', { name: period, exact: true }).click();
    await page.getByRole('button', { name: 'Add filter' }).click();
  };
  try {
    expect([lately.length > 0, lastYear.length > 0, lately.length < orders.length]).toEqual([true, true, true]);
    await new SignInScreen(page).signIn(office.url, office.person('field@example.com'));
    await new Shell(page).expectSync(/^Up to date/, 60_000);
    await list.open('Sales Order');
    await page.getByRole('button', { name: 'Filters' }).click();
    await addPeriod('Last 90 days');
    await expect(chips.getByText('Date: Last 90 days')).toBeVisible();
    await expect(list.count).toContainText(new RegExp(`^${lately.length} of ${orders.length}\\b`));
    await page.reload();
    await expect(chips.getByText('Date: Last 90 days')).toBeVisible();
    await expect(list.count).toContainText(new RegExp(`^${lately.length} of ${orders.length}\\b`));

    await page.getByRole('button', { name: 'Remove filter: Date: Last 90 days' }).click();
    await page.getByRole('button', { name: 'Filters' }).click();
    await addPeriod('Last year');
    await expect(list.count).toContainText(new RegExp(`^${lastYear.length} of ${orders.length}\\b`));
  } finally {
    await office.close();
  }
});

test('a list shows the documents with a row that is asked for, here and on the server', async ({ page }) => {
  const office = await Office.open({ scale: 60 });
  const { site } = office;
  const list = new ListScreen(page);
  const chips = page.getByRole('list', { name: 'Filters' });
  const orders = site.documents('Sales Order');
  const code = String(rowsOf(orders[0] ?? { doctype: '', name: '' }, 'items')[0]?.['item_code']);
  const holding = orders.filter((order) => rowsOf(order, 'items').some((row) => row['item_code'] === code));
  try {
    expect(holding.length).toBeLessThan(orders.length);
    await new SignInScreen(page).signIn(office.url, office.person('field@example.com'));
    const shell = new Shell(page);
    await shell.expectSync(/^Up to date/, 60_000);
    await keepOnly(page, [{ doctype: 'Sales Order', filters: [['po_no', '!=', 'far away']] }]);
    await shell.expectSync(/^(Up to date|Connected)/, 60_000);
    await list.open('Sales Order');
    await page.getByRole('button', { name: 'Filters' }).click();
    await page.getByRole('combobox', { name: 'Field' }).click();
    await page.getByRole('combobox', { name: 'Field' }).fill('Items: Item');
    const ofItems = page.getByRole('group', { name: 'Items', exact: true });
    await ofItems.getByRole('option', { name: 'Items: Item Code', exact: true }).click();
    await page.getByRole('textbox', { name: 'Value' }).fill(code);
    await page.getByRole('button', { name: 'Add filter' }).click();
    await expect(chips.getByText(`Items: Item Code is ${code}`)).toBeVisible();
    await expect(list.count).toContainText(new RegExp(`^${holding.length} of ${orders.length}\\b`));

    await page.getByRole('button', { name: 'Save these filters' }).click();
    await page.getByRole('textbox', { name: 'Name of the saved filters' }).fill('With it');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.reload();
    await expect(chips.getByText(`Items: Item Code is ${code}`)).toBeVisible();
    // An order that is not kept here has the item in two of its rows: it is found there once.
    const cast = chooseCast(site);
    const row = { name: '', item_code: code, qty: 1 };
    const made = site.as(colleague).insert('Sales Order', {
      ...{ customer: cast.customer, company: cast.company, delivery_date: cast.later, po_no: 'far away' },
      items: [row, { ...row, qty: 2 }],
    });
    await page.getByTestId('look-on-server').click();
    const remote = page.getByRole('region', { name: 'On the server' });
    await expect(remote.getByText(made.name)).toHaveCount(1);
  } finally {
    await office.close();
  }
});
