import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { Office } from '../story/office';
import { Shell } from '../story/screens/shell';
import { SignInScreen } from '../story/screens/sign-in';
import { SyncCentre } from '../story/screens/sync-centre';
import { expect, test } from '../support/app';
import { png } from '../support/png';

const doctype = 'Customer';
/** The colours and names of what is on the screen; the dialogs are on no screen of the day. */
async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().include('.el-dialog').analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
}

const dialogOf = (page: Page): Locator => page.getByRole('dialog');

/** Somebody else puts a file on a document; answers its address. */
async function attach(office: Office, name: string, fileName: string, content: string | Uint8Array): Promise<string> {
  const { apiKey, apiSecret } = office.person('field@example.com');
  const form = new FormData();
  form.set('file', new Blob([typeof content === 'string' ? content : new Uint8Array(content)]), fileName);
  for (const [key, value] of Object.entries({ doctype, docname: name, is_private: '1' })) form.set(key, value);
  const headers = { authorization: `token ${apiKey}:${apiSecret}` };
  const answer = await fetch(`${office.url}/api/method/upload_file`, { method: 'POST', headers, body: form });
  expect(answer.ok).toBe(true);
  return String(office.site.files().at(-1)?.doc['file_url']);
}

/** An address that hears whatever reaches the network. */
async function listeningAddress(): Promise<{ url: string; heard: string[]; close: () => void }> {
  const heard: string[] = [];
  const server = createServer((request, response) => {
    heard.push(request.url ?? '');
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, heard, close: () => void server.close() };
}

const pageWith = (url: string): string =>
  `<!doctype html><html><body onload="window.ran = true"><script>window.ran = true; fetch('${url}/script')</script><img src="${url}/img"></body></html>`;
const drawingWith = (url: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" onload="window.ran = true"><script>window.ran = true</script><image href="${url}/svg"/></svg>`;
const pdfWith = (url: string): string =>
  `%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert\\('ran'\\); app.launchURL\\('${url}/pdf'\\))>>>>endobj\n` +
  `2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 200 200]/A<</S/URI/URI(${url}/link)>>>>]>>endobj\ntrailer<</Root 1 0 R>>\n`;

async function signedIn(page: Page, office: Office): Promise<void> {
  await new SignInScreen(page).signIn(office.url, office.person('field@example.com'));
  await new Shell(page).expectSync(/^Up to date/, 120_000);
}

async function openDocument(page: Page, name: string): Promise<void> {
  await new Shell(page).openDocument(doctype, name);
  await page.getByRole('tab', { name: /^Attachments/ }).click();
}

async function openFile(page: Page, name: string): Promise<Locator> {
  await page.getByRole('button', { name: `Open ${name}`, exact: true }).click();
  const dialog = dialogOf(page);
  await expect(dialog).toContainText(name);
  return dialog;
}

async function closeFile(page: Page): Promise<void> {
  await dialogOf(page).getByRole('contentinfo').or(dialogOf(page)).getByRole('button', { name: 'Close', exact: true }).last().click();
  await expect(dialogOf(page)).toHaveCount(0);
}

test('attachments of a pinned document come by themselves and are shown without a network; nothing in them runs', async ({ page }) => {
  test.setTimeout(180_000);
  const office = await Office.open({ scale: 20 });
  const canary = await listeningAddress();
  const shell = new Shell(page);
  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.message());
    void dialog.dismiss();
  });
  try {
    const [name = '', other = ''] = office.site.documents(doctype).map((each) => each.name);
    await attach(office, other, 'terms.txt', 'of another customer');
    await attach(office, name, 'pallet.png', png(1600, 1200));
    await attach(office, name, 'notes.txt', Buffer.from('Gate code: gr\xfcn', 'latin1'));
    const lines = Array.from({ length: 1500 }, (_, n) => `ITEM-${n};"two; words ${n}"`);
    await attach(office, name, 'stock.csv', ['Item;Note', ...lines].join('\r\n'));
    await attach(office, name, 'page.html', pageWith(canary.url));
    await attach(office, name, 'drawing.svg', drawingWith(canary.url));
    await attach(office, name, 'form.pdf', pdfWith(canary.url));
    await signedIn(page, office);

    await test.step('a pin brings them', async () => {
      await openDocument(page, name);
      await page.getByRole('button', { name: 'Pin to the navigation' }).click();
      await shell.go('/get-ready');
      await expect(page.getByTestId('files-offline')).toContainText('6 attachments are here.');
      await expect(page.getByTestId('readiness')).toContainText('All 6 attachments that you want here are here.');
    });

    await test.step('so does the choice of all documents', async () => {
      await page.getByRole('radio', { name: /^All that are kept on this device/ }).check();
      await expect(page.getByTestId('files-offline')).toContainText('7 attachments are here.');
    });

    await office.cut();
    await new SyncCentre(page).syncNow();
    await shell.expectSync(/^Offline/);
    await test.step('a document that was never opened lists its attachments, and shows them', async () => {
      await openDocument(page, other);
      await expect(await openFile(page, 'terms.txt')).toContainText('of another customer');
      await closeFile(page);
    });
    await openDocument(page, name);

    await test.step('a picture, with zoom by button, wheel and key', async () => {
      const dialog = await openFile(page, 'pallet.png');
      const picture = dialog.getByRole('img', { name: 'pallet.png' });
      const widthOf = async (): Promise<number> => (await picture.boundingBox())?.width ?? 0;
      await expect(dialog.getByRole('status')).not.toHaveText('100 %');
      expect(await widthOf()).toBeLessThan(1000);
      await expectAccessible(page);
      await dialog.getByRole('button', { name: '100 %' }).click();
      await expect(dialog.getByRole('status')).toHaveText('100 %');
      expect(await widthOf()).toBe(1600);
      await dialog.getByRole('group', { name: /^Picture pallet/ }).focus();
      await page.keyboard.press('+');
      await expect(dialog.getByRole('status')).toHaveText('150 %');
      await page.keyboard.press('ArrowRight');
      await dialog.getByRole('group', { name: /^Picture pallet/ }).hover();
      await page.mouse.wheel(0, 100);
      await expect(dialog.getByRole('status')).toHaveText('100 %');
      await page.keyboard.press('0');
      await expect.poll(widthOf).toBeLessThan(1000);
      await closeFile(page);
    });

    await test.step('a text of another encoding, and a table', async () => {
      const text = await openFile(page, 'notes.txt');
      await expect(text.getByRole('region', { name: 'Text of notes.txt' })).toHaveText('Gate code: grün');
      await expect(text).toContainText('Read as windows-1252.');
      await expectAccessible(page);
      await closeFile(page);
      const table = await openFile(page, 'stock.csv');
      await expect(table.getByRole('columnheader')).toHaveText(['Item', 'Note']);
      await expect(table.getByRole('cell', { name: 'two; words 7', exact: true })).toBeVisible();
      await expect(table.getByRole('row')).toHaveCount(1000);
      await expectAccessible(page);
      await expect(table.getByText(/^The first 1.000 rows/)).toBeVisible();
      await closeFile(page);
    });

    await test.step('a page, a drawing and a PDF with scripts are nothing but text and pictures', async () => {
      for (const [fileName, piece] of [
        ['page.html', '<script>window.ran = true'],
        ['drawing.svg', '<script>window.ran = true'],
      ] as const) {
        const dialog = await openFile(page, fileName);
        await expect(dialog.getByRole('region', { name: `Text of ${fileName}` })).toContainText(piece);
        await expect(dialog).toContainText('Nothing of it is run.');
        await expect(dialog).toContainText('can run on a device');
        await closeFile(page);
      }
      const dialog = await openFile(page, 'form.pdf');
      await expect(dialog.locator('[data-page="1"]')).toHaveAttribute('data-state', 'drawn', { timeout: 30_000 });
      await expect(dialog).toContainText('links, forms and scripts in it do nothing here');
      await dialog.locator('[data-page="1"]').click();
      expect(page.frames()).toHaveLength(1);
      expect(await page.locator('iframe, object, embed').count()).toBe(0);
      await closeFile(page);
      expect(await page.evaluate(() => 'ran' in window)).toBe(false);
      expect(asked).toEqual([]);
      expect(canary.heard).toEqual([]);
    });
  } finally {
    canary.close();
    await office.close();
  }
});

test('what is missing is named and fetched, and room is made of what the server has as well', async ({ page }) => {
  test.setTimeout(180_000);
  const office = await Office.open({ scale: 20 });
  const shell = new Shell(page);
  try {
    const [name = '', other = ''] = office.site.documents(doctype).map((each) => each.name);
    const url = await attach(office, name, 'plan.txt', 'the whole plan');
    await attach(office, other, 'other.txt', 'of another customer');
    const { disk } = office.site.engine;
    const whole = disk.get(url) ?? new Uint8Array();
    disk.set(url, whole.slice(0, 5));
    await signedIn(page, office);
    const readiness = page.getByTestId('readiness');

    await test.step('a damaged one is not kept', async () => {
      await openDocument(page, name);
      await page.getByRole('button', { name: 'Pin to the navigation' }).click();
      await shell.go('/get-ready');
      await expect(readiness).toContainText('Attachments that are not here: plan.txt');
      await openDocument(page, name);
      const dialog = await openFile(page, 'plan.txt');
      await expect(dialog).toContainText('What came is not the file that the server says it has');
      await closeFile(page);
    });

    await test.step('asked for again it comes', async () => {
      disk.set(url, whole);
      await shell.go('/get-ready');
      await readiness.getByRole('button', { name: 'Fetch now' }).click();
      await expect(readiness).toContainText('The one attachment that you want here is here.');
    });

    await test.step('settings say what takes room, and make some', async () => {
      await openDocument(page, other);
      await openFile(page, 'other.txt');
      await expect(dialogOf(page)).toContainText('of another customer');
      await closeFile(page);
      await shell.go('/settings');
      const room = page.getByTestId('files-room');
      await expect(room.locator('[data-kind=fetched]')).toContainText('2 files');
      await room.getByRole('button', { name: 'Make room' }).click();
      await expect(dialogOf(page)).toContainText('1 file (19 B)');
      await dialogOf(page).getByRole('button', { name: 'Make room' }).click();
      await expect(room.locator('[data-kind=fetched]')).toContainText('1 file,');
      await room.getByRole('combobox').press('Enter');
      await page.getByRole('option', { name: '500 MB' }).click();
      await expect(room).toContainText('500 MB');
    });
  } finally {
    await office.close();
  }
});
