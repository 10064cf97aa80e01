import { io } from 'socket.io-client';
import type { Page } from '@playwright/test';
import { Office } from '../story/office';
import { DocumentScreen } from '../story/screens/document';
import { ListScreen } from '../story/screens/list';
import { Shell } from '../story/screens/shell';
import { SignInScreen } from '../story/screens/sign-in';
import { SyncCentre } from '../story/screens/sync-centre';
import { expect, test } from '../support/app';

const colleague = 'office@example.com';

/** How the device hears of changes, as the sync centre says it. */
const changesByOthers = (page: Page) =>
  page.getByRole('region', { name: 'Connection details' }).locator('dl > div', { hasText: 'Changes by others' }).locator('dd');

async function open(page: Page, office: Office): Promise<void> {
  await new SignInScreen(page).signIn(office.url, office.person('field@example.com'));
  await new Shell(page).expectSync(/^Up to date/);
}

async function expectLive(page: Page, words: RegExp | string): Promise<void> {
  await new SyncCentre(page).open('connection');
  await expect(changesByOthers(page)).toContainText(words, { timeout: 30_000 });
}

test('what a colleague does shows in an open list within seconds, and nobody asked for it', async ({ page }) => {
  const office = await Office.open({ scale: 1, push: 'same-port' });
  const list = new ListScreen(page);
  try {
    await open(page, office);
    await expectLive(page, 'The site tells at once.');
    await list.open('Customer');
    const { insert, update, delete: remove } = office.site.as(colleague);
    const { name } = insert('Customer', { customer_name: 'Told at once', customer_type: 'Company' });
    await expect(list.row(name)).toBeVisible();
    update('Customer', name, { customer_name: 'Told again' });
    await expect(list.row(name)).toContainText('Told again');
    remove('Customer', name);
    await expect(list.row(name)).toHaveCount(0);
  } finally {
    await office.close();
  }
});

test('an open form tells who else has it open and what they changed, and keeps what is typed', async ({ page }) => {
  const office = await Office.open({ scale: 1, push: 'same-port' });
  const form = new DocumentScreen(page);
  const { insert, update } = office.site.as(colleague);
  const { name } = insert('Customer', { customer_name: 'Shared Customer', customer_type: 'Company', website: 'old.example' });
  const person = office.person(colleague);
  const desk = io(`${office.url}/127.0.0.1`, {
    transports: ['websocket'],
    extraHeaders: { Authorization: `token ${person.apiKey}:${person.apiSecret}`, Cookie: 'sid=Guest', Origin: office.url },
  });
  try {
    await open(page, office);
    await expectLive(page, 'The site tells at once.');
    await new Shell(page).openDocument('Customer', name);
    await expect(form.title).toHaveText('Shared Customer');
    const viewers = page.getByRole('list', { name: 'Also has this open' });
    desk.emit('doc_open', 'Customer', name);
    await expect(viewers.getByRole('listitem')).toHaveText(/OO\s*Otto Office/);

    await form.openSection('More Information');
    await form.type('website', 'mine.example');
    update('Customer', name, { customer_name: 'Renamed by Otto', website: 'theirs.example' });
    const notice = page.getByRole('region', { name: 'Changed by somebody else' });
    await expect(notice).toContainText('Otto Office changed this on the server');
    await expect(notice).toContainText('You changed Website as well');
    await expect(form.field('website').locator('input')).toHaveValue('mine.example');
    await expect(form.field('customer_name').locator('input')).toHaveValue('Renamed by Otto');

    await notice.getByRole('button', { name: 'Show 2 changes' }).click();
    const rows = notice.getByRole('table', { name: 'What was changed' }).getByRole('row');
    await expect(rows.filter({ hasText: 'Customer Name' })).toContainText('Shared Customer');
    await expect(rows.filter({ hasText: 'Customer Name' })).toContainText('Renamed by Otto');
    await expect(rows.filter({ hasText: 'Website' })).toContainText('You typed: mine.example');
    await rows.filter({ hasText: 'Website' }).getByRole('button', { name: 'Use the server’s for Website' }).click();
    await expect(form.field('website').locator('input')).toHaveValue('theirs.example');
    await notice.getByRole('button', { name: 'Got it' }).click();
    await expect(notice).toHaveCount(0);
    desk.disconnect();
    await expect(viewers).toHaveCount(0);
  } finally {
    desk.disconnect();
    await office.close();
  }
});

test('a site without a realtime service is asked now and then', async ({ page }) => {
  const office = await Office.open({ scale: 1, push: 'none' });
  try {
    await open(page, office);
    await expectLive(page, /realtime service cannot be reached\. Asked for every \d/);
  } finally {
    await office.close();
  }
});

test('a service at the port of a development bench is found', async ({ page }) => {
  const office = await Office.open({ scale: 1, push: 'own-port' });
  try {
    await open(page, office);
    await expectLive(page, 'The site tells at once.');
    expect(office.sockets).toBe(1);
  } finally {
    await office.close();
  }
});

test('nothing listens or asks while the page is hidden on battery, while working offline, and after signing out', async ({ page }) => {
  const office = await Office.open({ scale: 1, push: 'same-port' });
  await page.addInitScript(() => {
    const battery = Object.assign(new EventTarget(), { charging: false });
    Object.assign(navigator, { getBattery: () => Promise.resolve(battery) });
    let hidden = false;
    Object.defineProperty(document, 'visibilityState', { get: () => (hidden ? 'hidden' : 'visible') });
    Object.assign(window, {
      hide(on: boolean) {
        hidden = on;
        document.dispatchEvent(new Event('visibilitychange'));
      },
    });
  });
  // Set by the script above.
  const hide = (on: boolean): Promise<void> => page.evaluate((now) => (window as unknown as { hide(on: boolean): void }).hide(now), on);
  try {
    await page.reload();
    await open(page, office);
    await expectLive(page, 'The site tells at once.');
    await expect.poll(() => office.sockets).toBe(1);

    await hide(true);
    await expect.poll(() => office.sockets).toBe(0);
    await expect(changesByOthers(page)).toContainText('Neither listened for nor asked for');
    await hide(false);
    await expect.poll(() => office.sockets).toBe(1);

    await page.getByText('Work offline', { exact: true }).click();
    await expect.poll(() => office.sockets).toBe(0);
    await expect(changesByOthers(page)).toContainText('while you work offline');
  } finally {
    await office.close();
  }
});

test('a key that is no longer valid is said to be, and asks to sign in again', async ({ page }) => {
  const office = await Office.open({ scale: 1, push: 'same-port' });
  try {
    await open(page, office);
    await expect.poll(() => office.sockets, { timeout: 30_000 }).toBe(1);
    await office.cut();
    Object.assign(office.person('field@example.com'), { apiSecret: 'another' });
    await office.restore();
    await new Shell(page).expectSync(/^Sign in again/);
  } finally {
    await office.close();
  }
});
