import type { Page } from '@playwright/test';
import type { DemoSite } from '../../electron/demo/site';
import { addDays } from '../../shared/erp/calendar';
import { colleague } from '../story/doctypes/case';
import { Office } from '../story/office';
import { DocumentScreen } from '../story/screens/document';
import { Shell } from '../story/screens/shell';
import { SignInScreen } from '../story/screens/sign-in';
import { SyncCentre } from '../story/screens/sync-centre';
import { expect, test } from '../support/app';

const fieldUser = 'field@example.com';

type Sitting = { office: Office; shell: Shell; form: DocumentScreen; centre: SyncCentre; customer: string };

/** Signed in and up to date, with one customer to work on. `answer` may stand in for the site's own. */
async function sitDown(page: Page, answer: (request: Request) => Response | null = () => null): Promise<Sitting> {
  const fetch = (site: DemoSite) => async (request: Request) => answer(request) ?? site.fetch(request);
  const office = await Office.open({ scale: 8, fetch });
  const shell = new Shell(page);
  await new SignInScreen(page).signIn(office.url, office.person(fieldUser));
  await shell.expectSync(/^Up to date/, 60_000);
  const customer = office.site.documents('Customer')[0]?.name ?? '';
  return { office, shell, form: new DocumentScreen(page), centre: new SyncCentre(page), customer };
}

async function changeWebsite({ shell, form, customer }: Sitting, website: string): Promise<void> {
  await shell.openDocument('Customer', customer);
  await form.openSection('More Information');
  await form.type('website', website);
  await form.save();
}

test('of a conflict one value is taken from here and one from the server, by keyboard', async ({ page }) => {
  const sitting = await sitDown(page);
  const { office, shell, form, centre, customer } = sitting;
  try {
    await office.cut();
    await changeWebsite(sitting, 'https://mine.example.com');
    await form.type('customer_details', 'closed on Mondays');
    await form.save();
    office.site
      .as(colleague)
      .update('Customer', customer, { website: 'https://office.example.com', customer_details: 'closed on Fridays' });
    await office.restore();
    await centre.syncNow();
    await shell.expectSync(/^1 needs you/);
    await centre.open('needs-you');

    const card = page.locator('[data-problem="conflict"]');
    const apply = card.getByRole('button', { name: 'Use these values' });
    await expect(apply).toBeDisabled();
    await card.locator('[data-clash*="website"] [data-take="mine"]').focus();
    await page.keyboard.press('Space');
    await expect(card.getByText('1 field still to choose')).toBeVisible();
    await card.locator('[data-clash*="customer_details"] [data-take="mine"]').focus();
    await page.keyboard.press('ArrowRight');
    await expect(card.locator('[data-clash*="customer_details"] [data-take="theirs"]')).toBeChecked();
    await expect(card.getByText('Every field is chosen.')).toBeVisible();
    await apply.focus();
    await page.keyboard.press('Enter');

    await shell.expectSync(/^Up to date/);
    expect(office.site.document('Customer', customer)).toMatchObject({
      website: 'https://mine.example.com',
      customer_details: 'closed on Fridays',
    });
  } finally {
    await office.close();
  }
});

test('a sign-in that expires while a change waits is asked for once, and the change goes after it', async ({ page }) => {
  test.setTimeout(120_000);
  let expired = false;
  const sitting = await sitDown(page, () =>
    expired ? Response.json({ exc_type: 'AuthenticationError', session_expired: 1 }, { status: 401 }) : null,
  );
  const { office, shell, centre, customer } = sitting;
  try {
    expired = true;
    await changeWebsite(sitting, 'https://later.example.com');
    await shell.expectSync(/^Sign in again/);
    await centre.open('waiting');
    await expect(page.getByText('Waits until you sign in again.')).toBeVisible();
    expect(office.site.document('Customer', customer)).not.toMatchObject({ website: 'https://later.example.com' });

    expired = false;
    await page.getByRole('button', { name: 'Sign in again', exact: true }).click();
    await new SignInScreen(page).enter(office.person(fieldUser));
    await shell.expectSync(/^Up to date/);
    expect(office.site.document('Customer', customer)).toMatchObject({ website: 'https://later.example.com' });
  } finally {
    await office.close();
  }
});

test('who signs out with unsent work finds it after signing in again, and it is sent', async ({ page }) => {
  test.setTimeout(120_000);
  const sitting = await sitDown(page);
  const { office, shell, customer } = sitting;
  try {
    await office.cut();
    await changeWebsite(sitting, 'https://kept.example.com');
    await shell.go('/settings');
    await page.getByRole('button', { name: 'Sign out', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Sign out', exact: true }).click();
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await office.restore();
    expect(office.site.document('Customer', customer)).not.toMatchObject({ website: 'https://kept.example.com' });

    await page.getByRole('button', { name: /^Account: / }).click();
    await page.getByRole('menuitem', { name: 'Sign in again' }).click();
    await new SignInScreen(page).enter(office.person(fieldUser));
    await shell.expectSync(/^Up to date/);
    expect(office.site.document('Customer', customer)).toMatchObject({ website: 'https://kept.example.com' });
  } finally {
    await office.close();
  }
});

test('what waits for its next try is sent at once when its person says so', async ({ page }) => {
  let locked = true;
  const sitting = await sitDown(page, (request) =>
    locked && request.method === 'PUT' ? Response.json({ exc_type: 'QueryDeadlockError' }, { status: 417 }) : null,
  );
  const { office, shell, centre, customer } = sitting;
  try {
    await changeWebsite(sitting, 'https://tried.example.com');
    await centre.open('waiting');
    const entry = page.locator('.waiting-entry');
    await expect(entry).toContainText('Last try:');
    locked = false;
    await entry.getByRole('button', { name: 'Try now' }).click();
    await shell.expectSync(/^Up to date/, 10_000);
    expect(office.site.document('Customer', customer)).toMatchObject({ website: 'https://tried.example.com' });
  } finally {
    await office.close();
  }
});

test('a refusal leads to the field that it is about', async ({ page }) => {
  const { office, shell, form, centre } = await sitDown(page);
  try {
    const { site } = office;
    const item = site.documents('Item').find((doc) => doc['is_sales_item'] === 1 && doc['is_stock_item'] === 1)?.name ?? '';
    await office.cut();
    await shell.go('/new/Sales%20Order');
    await form.link('customer', String(site.documents('Sales Order')[0]?.['customer']));
    await form.type('delivery_date', addDays(site.clock.date(), 30));
    await form.addRow('items');
    await form.linkCell('items', 0, 'Item Code', item);
    await form.save();
    site.as(colleague).update('Item', item, { disabled: 1 });
    await office.restore();
    await centre.syncNow();
    await shell.expectSync(/^1 needs you/);
    await centre.open('needs-you');
    await page.getByRole('link', { name: 'Go to Items, row 1: Item Code' }).click();
    await expect(form.field('items')).toBeInViewport();
    await expect(form.cell('items', 0, 'Item Code')).toHaveAttribute('title', `Item ${item} is disabled`);
  } finally {
    await office.close();
  }
});

test('a download is paused and goes on where it was', async ({ page }) => {
  test.setTimeout(120_000);
  const slow = 400;
  const office = await Office.open({
    scale: 60,
    fetch: (site) => async (request) => {
      if (new URL(request.url).searchParams.get('fields') === '["*"]') await new Promise((resolve) => setTimeout(resolve, slow));
      return site.fetch(request);
    },
  });
  const shell = new Shell(page);
  try {
    await new SignInScreen(page).signIn(office.url, office.person(fieldUser));
    await shell.expectSync(/^Downloading/);
    await shell.go('/get-ready');
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    await expect(page.getByText('The download is paused.')).toBeVisible();
    await page.getByRole('button', { name: 'Go on', exact: true }).click();
    await shell.expectSync(/^Up to date/, 90_000);
  } finally {
    await office.close();
  }
});
