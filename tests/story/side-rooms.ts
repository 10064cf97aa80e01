import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import type { DemoSite } from '../../electron/demo/site';
import { skewed } from '../support/skewed';
import { keepOnly } from './device';
import { colleague } from './doctypes/case';
import { Office } from './office';
import { photo } from './papers';
import { DocumentScreen } from './screens/document';
import { ListScreen } from './screens/list';
import { Shell } from './screens/shell';
import { SignInScreen } from './screens/sign-in';
import { SyncCentre } from './screens/sync-centre';
import type { SightOptions } from './sights';

const elsewhere = 'Zwölfer Sonderposten, Restbestände und Haushaltsauflösungen Süd GmbH & Co. KG';
const drawnFields = [
  { fieldname: 'drawn', label: 'Signed by', fieldtype: 'Signature' },
  { fieldname: 'place', label: 'Place of delivery', fieldtype: 'Geolocation' },
  { fieldname: 'label_code', label: 'Label', fieldtype: 'Barcode' },
];

/** Screens that a usual day does not come to: what is on the server alone, drawn fields, a file looked at, nothing there. */
export async function seeTheSideRooms({ page, look }: SightOptions): Promise<void> {
  let clockMs = 0;
  const fetch = (site: DemoSite) => async (request: Request) => skewed(await site.fetch(request), clockMs);
  const office = await Office.open({ scale: 20, fetch });
  const shell = new Shell(page);
  const form = new DocumentScreen(page);
  const customer = office.site.documents('Customer')[0]?.name ?? '';
  try {
    for (const field of drawnFields)
      office.site.as('Administrator').insert('Custom Field', { dt: 'Customer', insert_after: 'customer_group', ...field });
    await new SignInScreen(page).signIn(office.url, office.person('field@example.com'));
    await shell.expectSync(/^Up to date/, 120_000);
    await keepOnly(page, [{ doctype: 'Customer', filters: [['name', '!=', elsewhere]] }]);
    office.site.as(colleague).insert('Customer', { customer_name: elsewhere, customer_type: 'Company' });
    await shell.expectSync(/^(Up to date|Connected)/, 120_000);

    await new ListScreen(page).open('Customer');
    await page.getByTestId('list-search').fill('Zwölfer');
    await page.getByRole('button', { name: 'Look on the server' }).click();
    await expect(page.getByRole('region', { name: 'On the server' }).getByRole('button', { name: elsewhere })).toBeVisible();
    await look('list-on-server');

    await shell.go('/new/Sales%20Order');
    const box = form.field('customer').locator('input').first();
    await box.click();
    await box.fill('Zwölfer');
    await expect(page.getByText('No Customer on this device matches.')).toBeVisible();
    await box.press('Control+Enter');
    await expect(page.getByRole('option', { name: elsewhere })).toContainText('On the server');
    await look('link-on-server');
    await page.keyboard.press('Escape');

    await shell.find('Zwölfer');
    await page.getByRole('option', { name: 'Look on the server for “Zwölfer”' }).click();
    await expect(page.getByRole('group', { name: 'On the server' }).getByRole('option', { name: elsewhere })).toBeVisible();
    await look('search-on-server');
    await page.keyboard.press('Escape');

    await shell.openDocument('Customer', 'Nobody at all');
    const leave = page.getByRole('button', { name: 'Leave without saving' });
    await expect(leave.or(page.getByRole('alert'))).toBeVisible();
    if (await leave.isVisible()) await leave.click();
    await expect(page.getByRole('alert')).toBeVisible();
    await look('not-here');

    await shell.openDocument('Customer', customer);
    await form.field('drawn').scrollIntoViewIfNeeded();
    await look('drawn-fields');

    await page.keyboard.press('ControlOrMeta+p');
    await expect(page.getByRole('article')).toContainText(customer);
    await look('print');
    await page.getByRole('button', { name: 'Back to the document' }).click();

    await form.drop([photo('pallet.jpg')]);
    await form.openTab('Attachments and activity');
    await page
      .getByRole('button', { name: /pallet\.jpg/ })
      .first()
      .click();
    await expect(page.getByRole('dialog').getByRole('img', { name: 'pallet.jpg' })).toBeVisible();
    await look('file');
    await page.keyboard.press('Escape');

    clockMs = -365 * 24 * 60 * 60_000;
    await new SyncCentre(page).syncNow();
    await expect(page.getByRole('alert').getByText('The clock of this device is 365 days ahead of the server’s.')).toBeVisible();
    await look('clock-off');
    clockMs = 0;
    await new SyncCentre(page).syncNow();
    await expect(page.getByRole('alert')).toHaveCount(0);

    await seeChangedBeforeDelete(page, office, look);
  } finally {
    await office.close();
  }
}

/** Deleted here without a connection, and changed in the office before that arrives. */
async function seeChangedBeforeDelete(page: Page, office: Office, look: SightOptions['look']): Promise<void> {
  const centre = new SyncCentre(page);
  const doomed = office.site.documents('Customer')[1]?.name ?? '';
  await new Shell(page).openDocument('Customer', doomed);
  await office.cut();
  await new DocumentScreen(page).remove();
  office.site.as(colleague).update('Customer', doomed, { customer_details: 'Pays in cash' });
  await office.restore();
  await centre.syncNow();
  await centre.open('needs-you');
  await expect(page.getByText('Changed on the server since you deleted it here')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Delete it all the same' })).toBeVisible();
  await look('changed-before-delete');
  await page.getByRole('button', { name: 'Keep the document' }).click();
  await expect(page.locator('[data-problem]')).toHaveCount(0);
  expect(office.site.document('Customer', doomed)).toMatchObject({ customer_details: 'Pays in cash' });
}
