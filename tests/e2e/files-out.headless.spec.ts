import type { Page } from '@playwright/test';
import type { DemoSite } from '../../electron/demo/site';
import { Office } from '../story/office';
import { DocumentScreen } from '../story/screens/document';
import { Shell } from '../story/screens/shell';
import { SignInScreen } from '../story/screens/sign-in';
import { SyncCentre } from '../story/screens/sync-centre';
import { expect, test } from '../support/app';
import { siteFile } from '../support/site-file';

const doctype = 'Customer';
const panel = (page: Page) => page.getByRole('region', { name: 'Attachments', exact: true });
const line = (page: Page, name: string) => panel(page).getByRole('listitem').filter({ hasText: name });

/** Takes the file away, and answers the question that is asked first. */
async function remove(page: Page, name: string): Promise<void> {
  await panel(page)
    .getByRole('button', { name: `Remove ${name}` })
    .click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

test('a file is removed without a network, kept after all, and removed for good; one that changed there meanwhile is asked about', async ({
  page,
}) => {
  test.setTimeout(180_000);
  const office = await Office.open({ scale: 8 });
  const shell = new Shell(page);
  const name = office.site.documents(doctype)[0]?.name ?? '';
  await siteFile(office.site, { doctype, name, fileName: 'contract.txt', text: 'the contract' });
  const map = await siteFile(office.site, { doctype, name, fileName: 'map.txt', text: 'the way' });
  try {
    await new SignInScreen(page).signIn(office.url, office.person('field@example.com'));
    await shell.expectSync(/^Up to date/, 60_000);
    await shell.openDocument(doctype, name);
    await expect(line(page, 'contract.txt')).toBeVisible();
    await office.cut();
    await remove(page, 'contract.txt');
    await expect(line(page, 'contract.txt')).toContainText('is removed');
    await panel(page).getByRole('button', { name: 'Keep contract.txt' }).click();
    await expect(line(page, 'contract.txt')).not.toContainText('is removed');
    await remove(page, 'contract.txt');
    await remove(page, 'map.txt');
    await new SyncCentre(page).open('waiting');
    await expect(page.getByRole('list', { name: 'Waiting' })).toContainText('Removes file contract.txt');

    office.site.setSilently('File', map.name, { file_name: 'map of the harbour.txt' });
    await office.restore();
    await new SyncCentre(page).syncNow();
    await shell.expectSync(/needs you/i, 60_000);
    expect(office.filesOn(doctype, name).map(({ fileName }) => fileName)).toEqual(['map of the harbour.txt']);
    await new SyncCentre(page).open('needs-you');
    const card = page.locator('[data-problem="changed-file"]');
    await expect(card).toContainText('On the server it is called “map of the harbour.txt” by now.');
    await card.getByRole('button', { name: 'Keep the file' }).click();
    await shell.expectSync(/^Up to date/, 60_000);
    await new SyncCentre(page).open('done');
    await expect(page.getByRole('list', { name: 'Done' })).toContainText('File removed');
    await shell.openDocument(doctype, name);
    await expect(line(page, 'map of the harbour.txt')).toBeVisible();
    await expect(line(page, 'contract.txt')).toHaveCount(0);
  } finally {
    await office.close();
  }
});

test('a file of this device that somebody removes on the server is gone when the document is opened again', async ({ page }) => {
  test.setTimeout(120_000);
  const office = await Office.open({ scale: 8 });
  const shell = new Shell(page);
  const name = office.site.documents(doctype)[0]?.name ?? '';
  try {
    await new SignInScreen(page).signIn(office.url, office.person('field@example.com'));
    await shell.expectSync(/^Up to date/, 60_000);
    await shell.openDocument(doctype, name);
    await new DocumentScreen(page).drop([{ name: 'note.txt', type: 'text/plain', bytes: Buffer.from('a note') }]);
    await expect(line(page, 'note.txt')).toBeVisible();
    await expect.poll(() => office.filesOn(doctype, name).length).toBe(1);
    await shell.expectSync(/^Up to date/, 60_000);
    await expect(line(page, 'note.txt')).toHaveCount(1);
    office.site.as('Administrator').delete('File', office.site.files()[0]?.doc.name ?? '');
    await shell.go('/list/Customer');
    await shell.openDocument(doctype, name);
    await expect(line(page, 'note.txt')).toHaveCount(0);
  } finally {
    await office.close();
  }
});

/** A line that takes the bytes of an upload slowly, until `open` is called. */
function slowLine() {
  let slow = true;
  const fetch = (site: DemoSite) => async (request: Request) => {
    if (!request.url.includes('/upload_file') || request.body === null) return site.fetch(request);
    const chunks: Uint8Array[] = [];
    for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
      chunks.push(chunk);
      if (slow) await new Promise((resolve) => setTimeout(resolve, 25));
    }
    const { method, headers, url } = request;
    return site.fetch(new Request(url, { method, headers, body: Buffer.concat(chunks) }));
  };
  return { fetch, open: () => void (slow = false) };
}

test('an upload tells how fast it goes, is held back, and arrives once it may go on', async ({ page }) => {
  test.setTimeout(180_000);
  const network = slowLine();
  const office = await Office.open({ scale: 8, fetch: network.fetch });
  const shell = new Shell(page);
  const name = office.site.documents(doctype)[0]?.name ?? '';
  const big = (fill: number) => Buffer.alloc(15_000_000, fill);
  const names = () => office.filesOn(doctype, name).map(({ fileName }) => fileName);
  try {
    await new SignInScreen(page).signIn(office.url, office.person('field@example.com'));
    await shell.expectSync(/^Up to date/, 60_000);
    await shell.openDocument(doctype, name);
    await panel(page)
      .locator('input[type=file]')
      .setInputFiles({ name: 'one.bin', mimeType: 'application/octet-stream', buffer: big(1) });
    await expect(line(page, 'one.bin').getByTestId('upload-pace')).toContainText('/s');
    await panel(page).getByRole('button', { name: 'Pause one.bin' }).click();
    await expect(line(page, 'one.bin')).toContainText('paused');
    await new SyncCentre(page).open('waiting');
    const waiting = page.getByRole('list', { name: 'Waiting' });
    await expect(waiting).toContainText('Paused by you.');
    network.open();
    await waiting.getByRole('button', { name: 'Go on' }).click();
    await expect.poll(names).toEqual(['one.bin']);
    await shell.expectSync(/^Up to date/, 60_000);
  } finally {
    await office.close();
  }
});

test('all uploads are held back at once, and one that is stopped on its way does not arrive', async ({ page }) => {
  test.setTimeout(180_000);
  const network = slowLine();
  const office = await Office.open({ scale: 8, fetch: network.fetch });
  const shell = new Shell(page);
  const name = office.site.documents(doctype)[0]?.name ?? '';
  const names = () => office.filesOn(doctype, name).map(({ fileName }) => fileName);
  const file = (fileName: string, size: number, fill: number) => ({
    name: fileName,
    mimeType: 'application/octet-stream',
    buffer: Buffer.alloc(size, fill),
  });
  try {
    await new SignInScreen(page).signIn(office.url, office.person('field@example.com'));
    await shell.expectSync(/^Up to date/, 60_000);
    await shell.openDocument(doctype, name);
    const input = panel(page).locator('input[type=file]');
    await input.setInputFiles(file('stopped.bin', 15_000_000, 2));
    await new SyncCentre(page).open('waiting');
    const waiting = page.getByRole('list', { name: 'Waiting' });
    await waiting.getByRole('button', { name: 'Stop', exact: true }).click();
    await expect(waiting).toHaveCount(0);
    await shell.openDocument(doctype, name);
    await expect(line(page, 'stopped.bin')).toHaveCount(0);

    await new SyncCentre(page).open('waiting');
    await expect(page.getByRole('button', { name: 'Pause uploads' })).toHaveCount(0);
    await shell.openDocument(doctype, name);
    await input.setInputFiles([file('first.bin', 15_000_000, 3), file('second.bin', 1_000, 4)]);
    await new SyncCentre(page).open('waiting');
    await page.getByRole('button', { name: 'Pause uploads' }).click();
    await expect(page.getByRole('status').filter({ hasText: 'Uploads are paused by you.' })).toBeVisible();
    await expect(waiting.getByText('Uploads are paused by you.')).toHaveCount(2);
    expect(names()).toEqual([]);
    network.open();
    await page.getByRole('button', { name: 'Go on with uploads' }).click();
    await expect.poll(names).toEqual(['first.bin', 'second.bin']);
    await shell.expectSync(/^Up to date/, 60_000);
  } finally {
    await office.close();
  }
});
