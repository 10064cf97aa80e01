import { readdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { Office } from '../story/office';
import { DocumentScreen } from '../story/screens/document';
import { Shell } from '../story/screens/shell';
import { SignInScreen } from '../story/screens/sign-in';
import { SyncCentre } from '../story/screens/sync-centre';
import { expect, test } from '../support/app';
import { startHeadlessApp } from '../support/headless-app';
import { smallDisk } from '../support/small-disk';

async function visit(page: Page, customer: string, website: string): Promise<void> {
  await new Shell(page).openDocument('Customer', customer);
  const form = new DocumentScreen(page);
  await form.openSection('More Information');
  await form.type('website', website);
  await form.save();
}

/** The journal of the only account of this data folder. */
function journalIn(dataFolder: string): string {
  const [account = ''] = readdirSync(join(dataFolder, 'journals'));
  return join(dataFolder, 'journals', account, 'journal');
}

test('a damaged safety copy is told after the start, and what waits is there all the same', async ({ app, page }) => {
  test.setTimeout(120_000);
  const office = await Office.open({ scale: 8 });
  try {
    const customer = office.site.documents('Customer')[0]?.name ?? '';
    await new SignInScreen(page).signIn(office.url, office.person('field@example.com'));
    await new Shell(page).expectSync(/^Up to date/, 60_000);
    await office.cut();
    await visit(page, customer, 'https://example.com/kept');

    const path = journalIn(app.dataFolder);
    const bytes = readFileSync(path);
    bytes[bytes.length - 40]! ^= 0xff;
    writeFileSync(path, bytes);
    const noticeOf = (shown: Page) =>
      shown.getByRole('alert').filter({ hasText: 'Part of the safety copy of your unsent work was damaged' });
    await expect(noticeOf(await app.restart())).toBeVisible();
    // Its file is whole again, but nobody has said that they read of it.
    const read = await app.restart();
    await new SyncCentre(read).open('connection');
    await expect(read.getByText('Safety copy', { exact: true })).toBeVisible();
    await noticeOf(read).getByRole('button', { name: 'Close' }).click();
    await expect(noticeOf(read)).toHaveCount(0);
    const again = await app.restart();
    await new Shell(again).pill.waitFor();
    await expect(noticeOf(again)).toHaveCount(0);
    await new SyncCentre(again).open('waiting');
    await expect(again.getByRole('list', { name: 'Waiting' }).getByRole('listitem')).toContainText('Changed Website');
  } finally {
    await office.close();
  }
});

test('a full disk is told above every screen until there is room, without a connection', async ({ folder }) => {
  test.setTimeout(150_000);
  const disk = smallDisk(12 * 1024);
  test.skip(disk === null, 'no file system of its own may be mounted here');
  const filler = join(disk!.folder, 'filler');
  const office = await Office.open({ scale: 8 });
  const app = await startHeadlessApp({ dataFolder: join(disk!.folder, 'data'), profileFolder: folder, flags: [] });
  const { page } = app;
  const shell = new Shell(page);
  const notice = page.getByRole('alert').filter({ hasText: 'The disk of this device is full.' });
  try {
    const [first, second] = office.site.documents('Customer').map(({ name }) => name);
    await new SignInScreen(page).signIn(office.url, office.person('field@example.com'));
    await shell.expectSync(/^Up to date/, 60_000);
    await office.cut();
    try {
      writeFileSync(filler, Buffer.alloc(16 * 1024 * 1024));
    } catch {
      // As much as there was room for.
    }
    await visit(page, first ?? '', 'https://example.com/first');
    await visit(page, second ?? '', 'https://example.com/second');
    await expect(notice).toBeVisible();
    await shell.expectSync(/^Storage full · 2 changes safe/);
    await new SyncCentre(page).open('connection');
    await expect(page.getByText('Safety copy', { exact: true })).toBeVisible();

    unlinkSync(filler);
    await expect(notice).toHaveCount(0, { timeout: 60_000 });
    await shell.expectSync(/^Offline · 2 changes waiting/);
  } finally {
    await app.close();
    disk!.remove();
    await office.close();
  }
});
