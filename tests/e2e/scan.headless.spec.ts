import { rowsOf } from '../../shared/erp/document';
import { chooseCast } from '../story/doctypes/case';
import { Office } from '../story/office';
import { DocumentScreen } from '../story/screens/document';
import { ListScreen } from '../story/screens/list';
import { Shell } from '../story/screens/shell';
import { SignInScreen } from '../story/screens/sign-in';
import { SyncCentre } from '../story/screens/sync-centre';
import { expect, test } from '../support/app';

test('an order is filled by a scanner without a network, each scan one more of its unit', async ({ page }) => {
  test.setTimeout(120_000);
  const office = await Office.open({ scale: 8 });
  const { site } = office;
  const shell = new Shell(page);
  const form = new DocumentScreen(page);
  const cast = chooseCast(site);
  const before = new Set(site.documents('Sales Order').map(({ name }) => name));
  const [priced, other] = site
    .documents('Item')
    .filter((item) => item['disabled'] !== 1 && rowsOf(item, 'uoms').length > 1 && rowsOf(item, 'barcodes').length === 0)
    .filter((item) =>
      site.documents('Item Price').some((one) => one['item_code'] === item.name && one['price_list'] === 'Standard Selling'),
    );
  const [code, title] = [priced?.name ?? '', String(priced?.['item_name'])];
  site.as('Administrator').update('Item', code, {
    barcodes: [
      { name: '', barcode: '4006381333931', uom: 'Nos' },
      { name: '', barcode: '40063813339310', uom: 'Box' },
    ],
  });
  const box = form.field('items').getByRole('textbox', { name: 'Scan a barcode' });
  const word = form.field('items').getByRole('status');
  const scan = async (text: string): Promise<void> => {
    await page.keyboard.type(text);
    await page.keyboard.press('Enter');
  };

  try {
    await new SignInScreen(page).signIn(office.url, office.person('field@example.com'));
    await shell.expectSync(/^Up to date/, 60_000);
    await office.cut();
    const centre = new SyncCentre(page);
    await centre.syncNow();
    await shell.expectSync(/^Offline/);

    const list = new ListScreen(page);
    await list.open('Sales Order');
    await list.startNew();
    await form.link('customer', cast.customer);
    await form.type('delivery_date', cast.later);
    await form.addRow('items');
    await box.click();
    // The first goes into the row that is empty; the next come before the first is filled in.
    await scan('40063813339310');
    await scan('40063813339310');
    await scan('40063813339310');
    await expect(word).toHaveText(`${title}: 3 Box`);
    // What is not known stays to be seen while the next is counted.
    await scan('no-such-code');
    await scan(other?.name.toLowerCase() ?? '');
    await expect(word).toContainText(': 1 Nos');
    const missed = form.field('items').getByRole('alert');
    await expect(missed).toHaveText('no-such-code: no item with this code is on this device.');
    await form.field('items').getByRole('button', { name: 'Seen' }).click();
    await expect(missed).toHaveCount(0);
    await expect(box).toBeFocused();
    await expect(box).toHaveValue('');
    await expect(form.cell('items', 0, 'Quantity')).toContainText('3');
    await form.save();

    await office.restore();
    await centre.syncNow();
    await shell.expectSync(/^Up to date/, 60_000);
    const made = site.documents('Sales Order').find((order) => !before.has(order.name));
    expect(rowsOf(made ?? { doctype: '', name: '' }, 'items')).toMatchObject([
      { item_code: code, qty: 3, uom: 'Box', conversion_factor: 10, stock_qty: 30 },
      { item_code: other?.name, qty: 1, uom: 'Nos' },
    ]);
    expect(Number(made?.['grand_total'])).toBeGreaterThan(0);
  } finally {
    await office.close();
  }
});

test('an item that only the server has is brought by its barcode', async ({ page }) => {
  const office = await Office.open({ scale: 8 });
  const { site } = office;
  const form = new DocumentScreen(page);
  const word = form.field('items').getByRole('status');
  try {
    await new SignInScreen(page).signIn(office.url, office.person('field@example.com'));
    await new Shell(page).expectSync(/^Up to date/, 60_000);
    const [item] = site.documents('Item').filter((each) => each['disabled'] !== 1);
    const list = new ListScreen(page);
    await list.open('Sales Order');
    await list.startNew();
    const fresh = site.as('Administrator').insert('Item', {
      ...{ item_code: 'NEW-1', item_name: 'Snow chain', item_group: item?.['item_group'] ?? null, stock_uom: 'Nos' },
      barcodes: [{ name: '', barcode: '9876543210' }],
    });
    await form.field('items').getByRole('textbox', { name: 'Scan a barcode' }).click();
    await page.keyboard.type('9876543210');
    await page.keyboard.press('Enter');
    await expect(word).toHaveText('Snow chain: 1 Nos');
    await expect(form.cell('items', 0, 'Item Code')).toContainText(fresh.name);
  } finally {
    await office.close();
  }
});

test('a warehouse that is scanned takes what is scanned after it, until that is cleared', async ({ page }) => {
  const office = await Office.open({ scale: 8 });
  const { site } = office;
  const form = new DocumentScreen(page);
  const table = form.field('items');
  const scan = async (text: string): Promise<void> => {
    await page.keyboard.type(text);
    await page.keyboard.press('Enter');
  };
  const warehouses = site.documents('Warehouse');
  const [one, two] = warehouses.filter((each) => each['is_group'] !== 1 && each['disabled'] !== 1).map(({ name }) => name);
  const group = warehouses.find((each) => each['is_group'] === 1)?.name;
  const item = site.documents('Item').find((each) => each['disabled'] !== 1 && each['has_variants'] !== 1)?.name ?? '';
  if (one === undefined || two === undefined) throw new Error('the demo company has too few warehouses');
  try {
    await new SignInScreen(page).signIn(office.url, office.person('field@example.com'));
    await new Shell(page).expectSync(/^Up to date/, 60_000);
    const list = new ListScreen(page);
    await list.open('Sales Order');
    await list.startNew();
    await table.getByRole('textbox', { name: 'Scan a barcode' }).click();
    await scan(one);
    await expect(table.getByRole('status')).toContainText(`${one} goes into`);
    await scan(item);
    await scan(item);
    await expect(table.getByRole('status')).toContainText(': 2 ');
    await scan(two);
    await scan(item);
    await expect(table.getByRole('status')).toContainText(': 1 ');
    if (group !== undefined) {
      await scan(group);
      await expect(table.getByRole('alert')).toContainText('is a group of warehouses');
    }
    await table.getByRole('button', { name: 'No longer put what is scanned into this warehouse' }).click();
    await scan(item);
    await expect(table.getByRole('status')).toContainText(': 3 ');
    await form.link('customer', chooseCast(site).customer);
    await form.type('delivery_date', chooseCast(site).later);
    const before = new Set(site.documents('Sales Order').map(({ name }) => name));
    await form.save();
    await new Shell(page).expectSync(/^Up to date/, 60_000);
    const made = site.documents('Sales Order').find((order) => !before.has(order.name));
    expect(rowsOf(made ?? { doctype: '', name: '' }, 'items')).toMatchObject([
      { item_code: item, qty: 3, warehouse: one },
      { item_code: item, qty: 1, warehouse: two },
    ]);
  } finally {
    await office.close();
  }
});
