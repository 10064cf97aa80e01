import { rowsOf } from '../../shared/erp/document';
import type { ChildRow } from '../../shared/erp/document';
import { chooseCast, colleague } from '../story/doctypes/case';
import { Office } from '../story/office';
import { DocumentScreen } from '../story/screens/document';
import { ListScreen } from '../story/screens/list';
import { Shell } from '../story/screens/shell';
import { SignInScreen } from '../story/screens/sign-in';
import { SyncCentre } from '../story/screens/sync-centre';
import { expect, test } from '../support/app';

test('orders by the box, one edited and one made offline, move the right stock at the right price', async ({ page }) => {
  test.setTimeout(120_000);
  const office = await Office.open({ scale: 8 });
  const { site } = office;
  const shell = new Shell(page);
  const form = new DocumentScreen(page);
  const cast = chooseCast(site);
  const boxed = (code: string): boolean => rowsOf(site.document('Item', code) ?? { doctype: 'Item', name: code }, 'uoms').length > 1;
  const [each] = site
    .documents('Item Price')
    .filter((one) => one['price_list'] === 'Standard Selling' && one['uom'] === 'Nos' && boxed(String(one['item_code'])));
  const [code, price] = [String(each?.['item_code']), Number(each?.['price_list_rate'])];
  const before = new Set(site.documents('Sales Order').map(({ name }) => name));
  const { name } = site.as(colleague).insert('Sales Order', {
    customer: cast.customer,
    company: cast.company,
    selling_price_list: 'Standard Selling',
    delivery_date: cast.later,
    items: [{ name: '', item_code: code, qty: 3, uom: 'Nos' }],
  });
  const rowOf = (order: string): ChildRow | undefined =>
    rowsOf(site.document('Sales Order', order) ?? { doctype: '', name: '' }, 'items')[0];
  expect(rowOf(name)).toMatchObject({ stock_qty: 3, rate: price });
  const byTheBox = async (): Promise<void> => {
    await form.field('items').getByRole('button', { name: 'Edit row 1' }).click();
    await form.link('uom', 'Box');
    await expect(form.field('conversion_factor')).toContainText('10');
    await page.getByRole('button', { name: 'Done', exact: true }).click();
  };

  try {
    await new SignInScreen(page).signIn(office.url, office.person('field@example.com'));
    await shell.expectSync(/^Up to date/, 60_000);
    await office.cut();
    const centre = new SyncCentre(page);
    await centre.syncNow();
    await shell.expectSync(/^Offline/);

    await shell.openDocument('Sales Order', name);
    await byTheBox();
    await form.save();

    const list = new ListScreen(page);
    await list.open('Sales Order');
    await list.startNew();
    await form.link('customer', cast.customer);
    await form.type('delivery_date', cast.later);
    // A currency that nobody here knows the worth of is asked for.
    await form.openSection('Currency and Price List');
    await form.link('currency', 'SEK');
    await expect(page.getByText('this device knows no exchange rate to EUR')).toBeVisible();
    await expect(form.field('conversion_rate').locator('input')).toHaveValue('');
    await form.link('currency', 'EUR');
    await expect(page.getByText('this device knows no exchange rate')).toHaveCount(0);
    await form.addRow('items');
    await form.linkCell('items', 0, 'Item Code', code);
    await form.typeCell('items', 0, 'Quantity', '2');
    await byTheBox();
    await form.typeCell('items', 0, 'Rate', '12,50');
    await form.save();

    await office.restore();
    await centre.syncNow();
    await shell.expectSync(/^Up to date/, 60_000);
    expect(rowOf(name)).toMatchObject({ uom: 'Box', conversion_factor: 10, stock_qty: 30, discount_amount: 0 });
    expect(Number(rowOf(name)?.['rate'])).toBeCloseTo(price * 10, 2);
    const made = site.documents('Sales Order').find((order) => !before.has(order.name) && order.name !== name);
    expect(rowOf(made?.name ?? '')).toMatchObject({ uom: 'Box', conversion_factor: 10, qty: 2, stock_qty: 20, rate: 12.5 });
  } finally {
    await office.close();
  }
});
