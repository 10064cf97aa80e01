import { expect, test } from '../support/app';
import { Office, sha256 } from '../story/office';
import { DocumentScreen } from '../story/screens/document';
import { Shell } from '../story/screens/shell';
import { SignInScreen } from '../story/screens/sign-in';
import { SyncCentre } from '../story/screens/sync-centre';

test('dates and numbers are written as the site does until the person chooses otherwise, and read in the same order', async ({ page }) => {
  test.setTimeout(120_000);
  const office = await Office.open({ scale: 8 });
  const shell = new Shell(page);
  const form = new DocumentScreen(page);
  const order = office.site.documents('Sales Order').find(({ docstatus }) => docstatus === 0);
  const date = String(order?.['delivery_date']);
  const [year = '', month = '', day = ''] = date.split('-');
  const box = form.field('delivery_date').locator('input').first();
  try {
    await new SignInScreen(page).signIn(office.url, office.person('field@example.com'));
    await shell.expectSync(/^Up to date/, 60_000);
    await shell.openDocument('Sales Order', order?.name ?? '');
    await expect(box).toHaveValue(`${day}.${month}.${year}`);
    await form.type('delivery_date', '5/12/2030');
    await expect(box).toHaveValue('05.12.2030');
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Drop unsaved changes' }).click();

    await shell.go('/settings');
    const section = page.getByRole('region', { name: 'Dates and numbers' });
    await section.getByRole('combobox', { name: 'Dates' }).press('Enter');
    await page.getByRole('option', { name: 'mm/dd/yyyy', exact: true }).click();
    await expect(section).toContainText('11/23/2026');
    await page.reload();
    await shell.openDocument('Sales Order', order?.name ?? '');
    await expect(box).toHaveValue(`${month}/${day}/${year}`);
    await form.type('delivery_date', '5/12/2030');
    await expect(box).toHaveValue('05/12/2030');
  } finally {
    await office.close();
  }
});

test('files are put on a new document and on a new row without a network; a required one counts, and all arrive where they belong', async ({
  page,
}) => {
  test.setTimeout(180_000);
  const office = await Office.open({ scale: 8 });
  const shell = new Shell(page);
  const form = new DocumentScreen(page);
  office.site.as('Administrator').insert('Custom Field', {
    ...{ dt: 'Customer', fieldname: 'custom_licence', label: 'Licence', fieldtype: 'Attach', reqd: 1, insert_after: 'customer_name' },
  });
  const file = (name: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(name) });
  try {
    await new SignInScreen(page).signIn(office.url, office.person('field@example.com'));
    await shell.expectSync(/^Up to date/, 60_000);
    await office.cut();
    await shell.go('/new/Customer');
    await form.type('customer_name', 'Harbour Light Bakery');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(form.field('custom_licence')).toContainText('Licence is required.');
    await form.field('custom_licence').locator('input[type=file]').setInputFiles(file('licence.txt'));
    await expect(form.field('custom_licence')).toContainText('licence.txt');
    await expect(form.field('custom_licence')).not.toContainText('is required.');
    await form.drop([{ name: 'map.txt', type: 'text/plain', bytes: Buffer.from('map.txt') }]);
    await expect(page.getByText('map.txt').first()).toBeVisible();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.waitForURL(/#\/document\/Customer\//);

    await office.restore();
    await new SyncCentre(page).syncNow();
    await shell.expectSync(/^Up to date/, 60_000);
    const made = office.site.documents('Customer').find((doc) => doc['customer_name'] === 'Harbour Light Bakery');
    expect(
      office
        .filesOn('Customer', made?.name ?? '')
        .map((each) => each.sha256)
        .sort(),
    ).toEqual(['licence.txt', 'map.txt'].map((name) => sha256(Buffer.from(name))).sort());
    const url = String(made?.['custom_licence']);
    expect(office.site.files().find(({ doc }) => doc['file_url'] === url)?.sha256).toBe(sha256(Buffer.from('licence.txt')));
  } finally {
    await office.close();
  }
});

test('a name that is asked for is asked for in the short form too; who may not make one is not offered it', async ({ page }) => {
  test.setTimeout(120_000);
  const office = await Office.open({ scale: 8 });
  const shell = new Shell(page);
  const form = new DocumentScreen(page);
  office.site.setPermission('Stock Entry Type', { role: 'Stock User', read: 1, write: 1, create: 1 });
  try {
    await new SignInScreen(page).signIn(office.url, office.person('field@example.com'));
    await shell.expectSync(/^Up to date/, 60_000);
    await shell.go('/new/Stock%20Entry');
    const type = form.field('stock_entry_type').locator('input').first();
    await type.click();
    await type.fill('Back from the site');
    await page.getByRole('button', { name: 'Create Stock Entry Type “Back from the site”' }).click();
    const dialog = page.getByRole('dialog');
    const name = dialog.getByLabel('Name of the Stock Entry Type');
    await expect(name).toHaveValue('Back from the site');
    await name.fill('');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog).toContainText('Name of the Stock Entry Type is required.');
    await name.fill('Material Issue');
    await dialog.locator('[data-fieldname="purpose"]').getByRole('combobox').press('Enter');
    await page.getByRole('option', { name: 'Material Receipt', exact: true }).click();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog).toContainText('must be the only one of its kind');
    await name.fill('Back from the site');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog).toHaveCount(0);
    await shell.expectSync(/^Up to date/, 60_000);
    expect(office.site.document('Stock Entry Type', 'Back from the site')).toMatchObject({ purpose: 'Material Receipt' });

    const company = form.field('company').locator('input').first();
    await company.click();
    await company.fill('Nowhere');
    await expect(page.getByRole('button', { name: 'Look on the server' }).last()).toBeVisible();
    await expect(page.getByRole('button', { name: /^Create Company/ })).toHaveCount(0);
  } finally {
    await office.close();
  }
});

test('a copy asks before it takes the place of typing that waits', async ({ page }) => {
  test.setTimeout(120_000);
  const office = await Office.open({ scale: 8 });
  const shell = new Shell(page);
  const form = new DocumentScreen(page);
  const customer = office.site.documents('Customer')[0]?.name ?? '';
  const duplicate = async (): Promise<void> => {
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Duplicate', exact: true }).click();
  };
  try {
    await new SignInScreen(page).signIn(office.url, office.person('field@example.com'));
    await shell.expectSync(/^Up to date/, 60_000);
    await shell.go('/new/Customer');
    await form.type('customer_name', 'Half typed');
    // As after a crash, once the typing had its rest and was kept.
    await page.waitForTimeout(1500);
    await page.reload();
    await expect(page.getByText(/^There is unsaved typing from/)).toBeVisible();
    await shell.openDocument('Customer', customer);
    await duplicate();
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText('There is unsaved typing of a new Customer');
    await dialog.getByRole('button', { name: 'Keep it' }).click();
    await expect(page).toHaveURL(/#\/document\/Customer\//);
    await duplicate();
    await dialog.getByRole('button', { name: 'Drop it and copy' }).click();
    await page.waitForURL(/#\/new\/Customer/);
    // Its name is not copied.
    await expect(form.field('customer_group').locator('.control').first()).toContainText(
      String(office.site.document('Customer', customer)?.['customer_group']),
    );
    await expect(form.field('customer_name').locator('input').first()).toHaveValue('');
  } finally {
    await office.close();
  }
});

test.describe('HTML of the server', () => {
  // What the sanitiser reads, in a document of its own, is reported as blocked.
  test.use({ breaksPolicy: true });
  test('runs no script, wherever it stands', async ({ page }) => {
    test.setTimeout(120_000);
    const office = await Office.open({ scale: 8 });
    const shell = new Shell(page);
    const bad = '<img src="x" onerror="window.ran = 1"><script>window.ran = 1</script><a href="javascript:window.ran = 1">go</a>shown';
    const types = ['Text Editor', 'HTML Editor', 'Markdown Editor', 'Small Text', 'Long Text', 'Code', 'Data', 'Read Only', 'HTML'];
    const admin = office.site.as('Administrator');
    for (const [at, fieldtype] of types.entries())
      admin.insert('Custom Field', {
        ...{ dt: 'Customer', fieldname: `custom_bad_${at}`, label: `Bad ${at} ${bad}`, fieldtype, insert_after: 'customer_name' },
        ...(fieldtype === 'HTML' ? { options: bad } : {}),
      });
    const customer = office.site.documents('Customer')[0]?.name ?? '';
    office.site.setSilently('Customer', customer, Object.fromEntries(types.map((_, at) => [`custom_bad_${at}`, bad])));
    try {
      await new SignInScreen(page).signIn(office.url, office.person('field@example.com'));
      await shell.expectSync(/^Up to date/, 60_000);
      await shell.openDocument('Customer', customer);
      await expect(page.getByText('shown').first()).toBeVisible();
      for (const link of await page.getByRole('link', { name: 'go', exact: true }).all())
        await link.click({ trial: false }).catch(() => undefined);
      expect(await page.evaluate(() => 'ran' in window)).toBe(false);
      expect(await page.locator('.document-page [onerror], .document-page script, .document-page a[href^="javascript"]').count()).toBe(0);
    } finally {
      await office.close();
    }
  });
});
