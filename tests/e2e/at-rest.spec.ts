import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { keptDocuments } from '../story/device';
import { Office } from '../story/office';
import { DocumentScreen } from '../story/screens/document';
import { Shell } from '../story/screens/shell';
import { SignInScreen } from '../story/screens/sign-in';
import { expect, test } from '../support/app';
import { filesWith } from '../support/files-with';

/** Letters that no compression makes shorter, and nothing else holds. */
const canary = (): string => randomBytes(18).toString('hex');

const details = (page: Page) => new DocumentScreen(page).openSection('More Information');

/** How much unsaved typing is kept, read past the app. */
const draftsIn = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const names = (await indexedDB.databases()).flatMap(({ name }) => (name?.startsWith('fieldbook-') ? [name] : []));
    const counts = await Promise.all(
      names.map(
        (name) =>
          new Promise<number>((resolve, reject) => {
            const opening = indexedDB.open(name);
            opening.addEventListener('error', () => reject(new Error('the database could not be opened')));
            opening.addEventListener('success', () => {
              const asked = opening.result.transaction('meta').objectStore('meta').getAllKeys();
              asked.addEventListener('success', () => {
                opening.result.close();
                resolve(asked.result.filter((key) => String(key).startsWith('draft ')).length);
              });
            });
          }),
      ),
    );
    return counts.reduce((sum, count) => sum + count, 0);
  });

/** A device that is up to date with a customer whose website and details nobody else may know. */
async function readyDevice(page: Page) {
  const office = await Office.open({ scale: 8 });
  const secrets = { website: `https://${canary()}.example`, typed: canary(), unsaved: canary(), comment: canary() };
  const customer = 'Thieves’ Target Limited';
  office.site.as('office@example.com').insert('Customer', { customer_name: customer, customer_type: 'Company', website: secrets.website });
  await new SignInScreen(page).signIn(office.url, office.person('field@example.com'));
  await new Shell(page).expectSync(/^Up to date/, 120_000);
  return { office, customer, secrets };
}

test('a thief of the disk finds the names of documents and nothing of what they say; whoever starts the app finds all of it', async ({
  app,
  page,
  folder,
}) => {
  test.setTimeout(300_000);
  const { office, customer, secrets } = await readyDevice(page);
  try {
    const [edited = '', unsaved = ''] = office.site.documents('Customer').map(({ name }) => name);
    await office.cut();
    const [shell, form] = [new Shell(page), new DocumentScreen(page)];
    await shell.openDocument('Customer', customer);
    await details(page);
    await expect(form.field('website').locator('input')).toHaveValue(secrets.website);
    await form.openTab('Attachments and activity');
    await form.comment(secrets.comment);
    await shell.openDocument('Customer', edited);
    await details(page);
    await form.type('website', secrets.typed);
    await form.save();
    await shell.expectSync(/2 changes waiting/);
    await expect(await shell.find('Target Limited')).toHaveCount(1);
    await page.keyboard.press('Escape');
    await shell.openDocument('Customer', unsaved);
    await details(page);
    await form.type('website', secrets.unsaved);
    // Kept so that a crash does not lose it.
    await expect.poll(() => draftsIn(page)).toBe(1);

    await app.close();
    expect(await filesWith(folder, 'Target Limited')).not.toEqual([]);
    for (const [what, secret] of Object.entries(secrets)) expect([what, await filesWith(folder, secret)]).toEqual([what, []]);

    const again = await app.restart();
    await new Shell(again).expectSync(/2 changes waiting/);
    await new Shell(again).openDocument('Customer', customer);
    await new DocumentScreen(again).openTab('Attachments and activity');
    await expect(again.getByText(secrets.comment)).toBeVisible();
    await new Shell(again).openDocument('Customer', edited);
    await details(again);
    await expect(new DocumentScreen(again).field('website').locator('input')).toHaveValue(secrets.typed);
  } finally {
    await office.close();
  }
});

test('a key store that does not give the key is told, and nothing is lost once it does', async ({ app, page }) => {
  test.setTimeout(300_000);
  const { office, customer, secrets } = await readyDevice(page);
  const keyFile = join(app.dataFolder, 'data-key.json');
  try {
    await app.close();
    const kept = await readFile(keyFile, 'utf8');
    await writeFile(keyFile, JSON.stringify({ version: 1, place: 'key-store', key: Buffer.from('sealed elsewhere').toString('base64') }));
    const locked = await app.restart();
    await expect(locked.getByRole('heading', { name: 'What is kept here cannot be opened' })).toBeVisible();
    await expect(locked.getByRole('alert')).toContainText('Nothing is lost: unlock the key store and try again.');
    await expect(locked.getByRole('button', { name: 'Begin anew…' })).toHaveCount(0);
    await locked.getByRole('button', { name: 'Try again' }).click();
    await expect(locked.getByRole('alert')).toContainText('Nothing is lost');

    await writeFile(keyFile, kept);
    await locked.getByRole('button', { name: 'Try again' }).click();
    await new Shell(locked).openDocument('Customer', customer);
    await details(locked);
    await expect(new DocumentScreen(locked).field('website').locator('input')).toHaveValue(secrets.website);
  } finally {
    await office.close();
  }
});

test('where the key is gone for good, what it sealed is told as lost with its unsent changes, and the account begins anew', async ({
  app,
  page,
}) => {
  test.setTimeout(300_000);
  const { office, customer, secrets } = await readyDevice(page);
  const keyFile = join(app.dataFolder, 'data-key.json');
  try {
    await new Shell(page).openDocument('Customer', customer);
    await office.cut();
    await details(page);
    await new DocumentScreen(page).type('website', 'typed.example');
    await new DocumentScreen(page).save();
    await app.close();
    await rename(keyFile, `${keyFile}.away`);
    const closed = await app.restart();
    const told = closed.getByRole('alert');
    await expect(told).toContainText('encrypted with a key that is gone');
    await expect(told).toContainText('One unsent change is among them.');
    await office.restore();
    await closed.getByRole('button', { name: 'Begin anew…' }).click();
    await expect(closed.getByRole('dialog')).toContainText('The unsent change among them is lost for good.');
    await closed.getByRole('button', { name: 'Cancel' }).click();
    await closed.getByRole('button', { name: 'Begin anew…' }).click();
    await closed.getByRole('button', { name: 'Delete and download' }).click();
    // The secret of the sign-in was kept for the session alone.
    await new Shell(closed).go('/settings');
    await closed.getByRole('region', { name: 'Accounts' }).getByRole('button', { name: 'Sign in again' }).click();
    await new SignInScreen(closed).signIn(office.url, office.person('field@example.com'));
    await new Shell(closed).expectSync(/^Up to date/, 120_000);
    expect((await keptDocuments(closed)).map(({ name }) => name)).toContain(customer);
    await new Shell(closed).openDocument('Customer', customer);
    await details(closed);
    await expect(new DocumentScreen(closed).field('website').locator('input')).toHaveValue(secrets.website);
  } finally {
    await office.close();
  }
});
