import { colleague } from '../story/doctypes/case';
import { keepOnly } from '../story/device';
import { Office } from '../story/office';
import { DocumentScreen } from '../story/screens/document';
import { Shell } from '../story/screens/shell';
import { SignInScreen } from '../story/screens/sign-in';
import { expect, test } from '../support/app';

test('who may makes the unique field on the site, and new documents carry it from then on', async ({ page }) => {
  test.setTimeout(180_000);
  const office = await Office.open({ scale: 20 });
  const shell = new Shell(page);
  const form = new DocumentScreen(page);
  try {
    const person = office.person(colleague);
    office.site.setRoles(colleague, [...person.roles, 'System Manager']);
    await new SignInScreen(page).signIn(office.url, person);
    await shell.expectSync(/^Up to date/, 120_000);
    await keepOnly(page, [
      { doctype: 'Sales Order', filters: [] },
      { doctype: 'Item', filters: [] },
    ]);
    await shell.expectSync(/^Up to date/, 120_000);

    await shell.go('/settings');
    await expect(page.getByText('Not on the site for Sales Order.')).toBeVisible();
    await page.getByRole('button', { name: 'Make it on the site' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Make it on the site' }).click();
    await expect(page.getByText('On the site for Sales Order.', { exact: true })).toBeVisible();

    const order = office.site.documents('Sales Order')[0];
    await shell.go('/new/Sales%20Order');
    await form.link('customer', String(order?.['customer']));
    await form.type('po_no', 'MARKED-1');
    await form.type('delivery_date', '2030-01-01');
    await form.addRow('items');
    await form.linkCell('items', 0, 'Item Code', String(office.site.documents('Item')[0]?.name));
    await form.save();
    await expect
      .poll(() => office.site.documents('Sales Order').find((doc) => doc['po_no'] === 'MARKED-1')?.['fieldbook_id'], { timeout: 60_000 })
      .toMatch(/^[0-9a-f-]{36}$/);
  } finally {
    await office.close();
  }
});

test('who may not is told who can', async ({ page }) => {
  test.setTimeout(180_000);
  const office = await Office.open({ scale: 20 });
  try {
    await new SignInScreen(page).signIn(office.url, office.person('field@example.com'));
    const shell = new Shell(page);
    await shell.expectSync(/^Up to date/, 120_000);
    await shell.go('/settings');
    await expect(page.getByText('Somebody with the role System Manager can make it here.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Make it on the site' })).toHaveCount(0);
  } finally {
    await office.close();
  }
});
