import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { Office } from '../story/office';
import { DocumentScreen } from '../story/screens/document';
import { Shell } from '../story/screens/shell';
import { SignInScreen } from '../story/screens/sign-in';
import { SyncCentre } from '../story/screens/sync-centre';
import { expect, test } from '../support/app';

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
    const again = await app.restart();
    const notice = again.getByRole('alert').filter({ hasText: 'Part of the safety copy of your unsent work was damaged' });
    await expect(notice).toBeVisible();
    await notice.getByRole('button', { name: 'Close' }).click();
    await expect(notice).toHaveCount(0);
    await new SyncCentre(again).open('connection');
    await expect(again.getByText('Safety copy', { exact: true })).toBeVisible();
    await new SyncCentre(again).open('waiting');
    await expect(again.getByRole('list', { name: 'Waiting' }).getByRole('listitem')).toContainText('Changed Website');
  } finally {
    await office.close();
  }
});
