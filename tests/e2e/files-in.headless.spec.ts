import { mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { segmentsOf } from '../../shared/files/jpeg';
import { Office, sha256 } from '../story/office';
import { pdf, photo } from '../story/papers';
import { DocumentScreen } from '../story/screens/document';
import { ListScreen } from '../story/screens/list';
import { Shell } from '../story/screens/shell';
import { SignInScreen } from '../story/screens/sign-in';
import { expect, test as base } from '../support/app';
import { dropFiles } from '../support/drop-files';
import { photoTakenAt, readExif } from '../support/exif';

type Fixtures = {
  /** The office's server with a device of the field that is up to date. */
  office: Office;
  /** A folder of the person, with what they have lying there. */
  disk: { folder: string; put: (name: string, bytes: Uint8Array | string) => Promise<string> };
  /** The bodies of the uploads that the server was sent. */
  sent: Buffer[];
};

const test = base.extend<Fixtures>({
  sent: async ({}, use) => use([]),
  office: async ({ page, sent }, use) => {
    const office = await Office.open({
      scale: 8,
      fetch: (site) => async (request) => {
        if (request.url.endsWith('upload_file')) sent.push(Buffer.from(await request.clone().arrayBuffer()));
        return site.fetch(request);
      },
    });
    const field = { dt: 'Customer', label: 'Licence', fieldtype: 'Attach', insert_after: 'customer_name' };
    office.site.as('Administrator').insert('Custom Field', { ...field, fieldname: 'custom_licence' });
    await new SignInScreen(page).signIn(office.url, office.person('field@example.com'));
    await new Shell(page).expectSync(/^Up to date/, 60_000);
    await use(office);
    await office.close();
  },
  disk: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'fieldbook-disk-'));
    const put = async (name: string, bytes: Uint8Array | string): Promise<string> => {
      const path = join(folder, name);
      await writeFile(path, bytes);
      return path;
    };
    await use({ folder, put });
    await rm(folder, { recursive: true, force: true });
  },
});
test.setTimeout(180_000);

const customerOf = (office: Office): string => office.site.documents('Customer')[0]?.name ?? '';
const namesOn = (office: Office, name: string): string[] =>
  office
    .filesOn('Customer', name)
    .map(({ fileName }) => fileName)
    .sort();
const notice = (page: Page) => page.locator('.file-notice');
const page404 = '<!doctype html><title>404</title><script>alert(1)</script>';

test('of all that is dropped on a document the good files are taken, whole folders too; the others are told together, and what lies is asked about', async ({
  page,
  office,
  disk,
}) => {
  const shell = new Shell(page);
  const name = customerOf(office);
  await mkdir(join(disk.folder, 'site visit', 'upstairs'), { recursive: true });
  const [empty, big, sparse] = [await disk.put('empty.txt', ''), await disk.put('film.mp4', '0'), await disk.put('sparse.img', '')];
  await truncate(big, 26 * 1024 * 1024);
  await truncate(sparse, 4 * 1024 ** 3);
  const invoice = await disk.put('invoice.pdf', page404);
  const gone = await disk.put('notice.pdf', page404);
  await disk.put('site visit/notes.txt', 'notes');
  await disk.put('site visit/.DS_Store', 'litter');
  await disk.put('site visit/upstairs/pallet.jpg', photo('x').bytes);
  const odd = await disk.put(`${'n'.repeat(100)}\u202e ${'🚚'.repeat(30)}.pdf`, pdf('odd').bytes);
  await shell.openDocument('Customer', name);
  await expect(page.getByRole('textbox', { name: 'Customer Name' })).toBeVisible();

  await dropFiles(page, page.locator('.document-page'), [empty, big, join(disk.folder, 'site visit'), sparse, invoice, gone, odd]);
  const question = page.getByRole('dialog', { name: 'Attach 2 files that are not what their names say?' });
  await expect(question).toContainText('“invoice.pdf” is a web page. “notice.pdf” is a web page.');
  await rm(gone);
  await question.getByRole('button', { name: 'Attach all the same' }).click();
  await expect(notice(page)).toContainText('4 files were not taken:');
  for (const words of [/“empty.txt” is empty/, /“film.mp4” has 27.MB/, /“sparse.img” has 4.3.GB/, /“notice.pdf” is not there any more/])
    await expect(notice(page)).toContainText(words);

  await shell.expectSync(/^Up to date/, 60_000);
  const pictureName = /^pallet-[0-9a-f]{8}\.jpg$/;
  expect(namesOn(office, name)).toEqual([
    'invoice.pdf',
    expect.stringMatching(/^n{100}- (?:🚚){30}\.pdf$/),
    'notes.txt',
    expect.stringMatching(pictureName),
  ]);
  await notice(page).getByRole('button', { name: 'Close this note' }).click();
  await expect(notice(page)).toHaveCount(0);
});

test('files dropped on a row of a list are attached to its document; beside rows, and where one may only read, they go nowhere', async ({
  page,
  office,
  disk,
}) => {
  const shell = new Shell(page);
  const list = new ListScreen(page);
  const files = [await disk.put('a.txt', 'a'), await disk.put('b.txt', 'b')];
  await list.open('Customer');
  const name = (await page.getByRole('grid').locator('[role=row][data-name]').nth(2).getAttribute('data-name')) ?? '';
  await dropFiles(page, list.row(name), files, async () => {
    await expect(list.row(name)).toHaveClass(/\bover\b/);
    await expect(page.getByText(/^Drop to attach to /)).toBeVisible();
  });
  await expect(page.getByText(/^2 files are attached to /)).toBeVisible();
  await expect(list.row(name)).not.toHaveClass(/\bover\b/);
  await dropFiles(page, page.getByRole('heading', { level: 1 }), files);
  await shell.expectSync(/^Up to date/, 60_000);
  expect(namesOn(office, name)).toEqual(['a.txt', 'b.txt']);

  await shell.go('/sign-in');
  await new SignInScreen(page).signIn(office.url, office.person('readonly@example.com'));
  await shell.expectSync(/^Up to date/, 60_000);
  await list.open('Customer');
  await expect(list.row(name)).toBeVisible();
  await dropFiles(page, list.row(name), [await disk.put('c.txt', 'c')], async () => {
    await expect(list.row(name)).not.toHaveClass(/\bover\b/);
  });
  expect(namesOn(office, name)).toEqual(['a.txt', 'b.txt']);
});

test('files dropped on a line of a tree are attached to its document', async ({ page, office, disk }) => {
  const shell = new Shell(page);
  const territory = office.site.documents('Territory').find(({ parent_territory: parent }) => Boolean(parent))?.name ?? '';
  await new ListScreen(page).open('Territory');
  const line = page.getByRole('tree').locator(`[data-name="${territory}"]`);
  await dropFiles(page, line, [await disk.put('map.txt', 'the way')], async () => {
    await expect(line).toHaveClass(/\bover\b/);
    await expect(page.getByText(`Drop to attach to ${territory}`)).toBeVisible();
  });
  await expect(page.getByText(`One file is attached to ${territory}.`)).toBeVisible();
  await expect(line).not.toHaveClass(/\bover\b/);
  await shell.expectSync(/^Up to date/, 60_000);
  expect(office.filesOn('Territory', territory).map(({ fileName }) => fileName)).toEqual(['map.txt']);
});

test('what was not taken is told again when its document is opened the next time, until the note is closed', async ({
  page,
  office,
  disk,
}) => {
  const shell = new Shell(page);
  const [name = '', other = ''] = office.site.documents('Customer').map((each) => each.name);
  await shell.openDocument('Customer', name);
  await expect(page.getByRole('textbox', { name: 'Customer Name' })).toBeVisible();
  await dropFiles(page, page.locator('.document-page'), [await disk.put('empty.txt', '')]);
  await expect(notice(page)).toContainText('“empty.txt” is empty');
  await shell.openDocument('Customer', other);
  await expect(page.getByRole('heading', { level: 1, name: other })).toBeVisible();
  await expect(notice(page)).toHaveCount(0);
  await page.reload();
  await shell.openDocument('Customer', name);
  await expect(notice(page)).toContainText('“empty.txt” is empty');
  await notice(page).getByRole('button', { name: 'Close this note' }).click();
  await expect(notice(page)).toHaveCount(0);
  await shell.openDocument('Customer', other);
  await expect(page.getByRole('heading', { level: 1, name: other })).toBeVisible();
  await shell.openDocument('Customer', name);
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await expect(notice(page)).toHaveCount(0);
});

test('a file dropped on an Attach field is set there, and is no second attachment; a folder is none', async ({ page, office, disk }) => {
  const shell = new Shell(page);
  const form = new DocumentScreen(page);
  const name = customerOf(office);
  const bytes = pdf('licence').bytes;
  await mkdir(join(disk.folder, 'papers'));
  await shell.openDocument('Customer', name);
  const field = form.field('custom_licence').locator('.attach');
  await dropFiles(page, field, [join(disk.folder, 'papers')]);
  await expect(notice(page)).toContainText('“papers” is a folder.');
  await dropFiles(page, field, [await disk.put('licence.pdf', bytes)], async () => {
    await expect(page.getByText('Drop to set Licence')).toBeVisible();
    await expect(page.getByText('Drop files to attach them')).toHaveCount(0);
  });
  await expect(field).toContainText('licence.pdf');
  await expect(notice(page)).toHaveCount(0);
  await shell.expectSync(/^Up to date/, 60_000);
  expect(office.filesOn('Customer', name)).toMatchObject([{ fileName: 'licence.pdf', sha256: sha256(bytes) }]);
  expect(office.site.document('Customer', name)?.['custom_licence']).toBe('/private/files/licence.pdf');
});

test('a picture is pasted under a name of the day, and a file that waits is made public', async ({ page, office }) => {
  const shell = new Shell(page);
  const name = customerOf(office);
  await shell.openDocument('Customer', name);
  await expect(page.getByRole('textbox', { name: 'Customer Name' })).toBeVisible();
  await office.cut();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(40, 30);
    canvas.getContext('2d')?.fillRect(5, 5, 20, 20);
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': await canvas.convertToBlob({ type: 'image/png' }) })]);
  });
  await page.keyboard.press('ControlOrMeta+v');
  const file = page
    .getByRole('listitem')
    .filter({ hasText: /Pasted \d{4}-\d\d-\d\d \d\d\.\d\d\.png/ })
    .first();
  await expect(file).toContainText('private');
  await file.getByRole('button', { name: /^Make public: Pasted/ }).click();
  await expect(file).toContainText('public: whoever has the address can open it');

  await office.restore();
  await shell.expectSync(/^Up to date/, 60_000);
  expect(office.filesOn('Customer', name)).toMatchObject([
    { fileName: expect.stringMatching(/^Pasted \d{4}-\d\d-\d\d \d\d\.\d\d\.png$/), isPrivate: false },
  ]);
});

test('cells of a spreadsheet that come with a picture of themselves are pasted as cells, into a table as into a field', async ({
  page,
  office,
}) => {
  const form = new DocumentScreen(page);
  const list = new ListScreen(page);
  await list.open('Sales Order');
  await list.startNew();
  await form.addRow('items');
  await form.addRow('items');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(40, 30);
    canvas.getContext('2d')?.fillRect(5, 5, 20, 20);
    const text = new Blob(['7\n8\n'], { type: 'text/plain' });
    await navigator.clipboard.write([
      new ClipboardItem({ 'text/plain': text, 'image/png': await canvas.convertToBlob({ type: 'image/png' }) }),
    ]);
  });
  // Both are there: a paste that is not for typing takes the picture.
  await page.evaluate(() => {
    window.addEventListener('paste', ({ clipboardData }) => {
      document.body.dataset['pasted'] = `${clipboardData?.files.length} ${clipboardData?.types.includes('text/plain')}`;
    });
  });
  await form.cell('items', 0, 'Quantity').click();
  await page.keyboard.press('Escape');
  await page.keyboard.press('ControlOrMeta+v');
  await expect(form.cell('items', 0, 'Quantity')).toContainText('7');
  await expect(form.cell('items', 1, 'Quantity')).toContainText('8');
  expect(await page.locator('body').getAttribute('data-pasted')).toBe('1 true');
  await form.field('po_no').locator('input').focus();
  await page.keyboard.press('ControlOrMeta+v');
  await expect(form.field('po_no').locator('input')).toHaveValue(/7/);
  await form.openTab('Attachments and activity');
  await expect(page.getByText('No files yet.')).toBeVisible();
  await expect(page.getByText(/^Pasted /)).toHaveCount(0);
  expect(office.hold().files.filter(({ fileName }) => fileName.startsWith('Pasted'))).toEqual([]);
});

/** A photo of so many pixels, held upright by its EXIF alone. */
async function largePhoto(page: Page, width: number, height: number): Promise<Uint8Array> {
  const pixels = await page.evaluate(
    async (size) => {
      const canvas = new OffscreenCanvas(size.width, size.height);
      const pen = canvas.getContext('2d');
      for (let x = 0; pen !== null && x < size.width; x += 4) {
        for (let y = 0; y < size.height; y += 40) {
          pen.fillStyle = `hsl(${(x * y) % 360} 60% 50%)`;
          pen.fillRect(x, y, 4, 40);
        }
      }
      return [...new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.95 })).arrayBuffer())];
    },
    { width, height },
  );
  return photoTakenAt(Buffer.from(pixels), 'MM');
}

test('a photo is made smaller and loses its place before it is sent, where its person chose that, and is upright', async ({
  page,
  office,
  disk,
  sent,
}) => {
  const shell = new Shell(page);
  const name = customerOf(office);
  const path = await disk.put('pallet.jpg', await largePhoto(page, 3000, 2000));
  await shell.go('/settings');
  await page
    .getByRole('group', { name: 'Where it was taken' })
    .getByRole('radio', { name: /^Remove it/ })
    .check();
  await shell.openDocument('Customer', name);
  await new DocumentScreen(page).openTab('Attachments and activity');
  await page.getByRole('combobox', { name: 'Photos' }).press('Enter');
  await page.getByRole('option', { name: /at most 1.600 pixels/ }).click();
  await dropFiles(page, page.locator('.document-page'), [path]);
  await expect(notice(page)).toContainText(/One photo was made smaller: .*MB became .*[kM]B\./);
  await shell.expectSync(/^Up to date/, 60_000);

  const body = sent[0] ?? Buffer.alloc(0);
  const jpeg = body.subarray(body.indexOf(Buffer.from([0xff, 0xd8, 0xff])));
  expect(readExif(jpeg)).toEqual({ make: 'Camera', orientation: 1, gps: false, preview: false });
  const frame = segmentsOf(jpeg)?.segments.find(({ marker }) => marker === 0xc0 || marker === 0xc2)?.from ?? 0;
  // Turned by its orientation: what lay is upright.
  expect({ height: jpeg.readUInt16BE(frame + 5), width: jpeg.readUInt16BE(frame + 7) }).toEqual({ height: 1600, width: 1067 });
});

test.describe('with a camera', () => {
  test.use({ camera: true });

  test('a photo is taken, looked at, taken again, and attached', async ({ page, office }) => {
    const shell = new Shell(page);
    const name = customerOf(office);
    await shell.openDocument('Customer', name);
    await new DocumentScreen(page).openTab('Attachments and activity');
    await page.getByRole('button', { name: 'Take a photo' }).click();
    const dialog = page.getByRole('dialog', { name: 'Take a photo' });
    for (const next of ['Take again', 'Use this photo']) {
      await dialog.getByRole('button', { name: 'Take', exact: true }).click();
      await expect(dialog.getByRole('img', { name: 'The photo that was taken' })).toBeVisible();
      await dialog.getByRole('button', { name: next }).click();
    }
    await expect(dialog).toHaveCount(0);
    await expect(page.getByRole('button', { name: /^Open Photo \d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d\.jpg$/ })).toBeVisible();
    await shell.expectSync(/^Up to date/, 60_000);
    expect(namesOn(office, name)).toEqual([expect.stringMatching(/^Photo \d{4}-\d\d-\d\d [\d.]+-[0-9a-f]{8}\.jpg$/)]);
  });
});

test('without a camera none is offered; many files at once are taken one after the other, and do not grow the page', async ({
  page,
  office,
  disk,
}) => {
  const many = 120;
  const shell = new Shell(page);
  const name = customerOf(office);
  await mkdir(join(disk.folder, 'many'));
  for (let index = 0; index < many; index += 1) await disk.put(`many/${String(index).padStart(4, '0')}.txt`, `file ${index}`);
  await shell.openDocument('Customer', name);
  await expect(page.getByRole('textbox', { name: 'Customer Name' })).toBeVisible();
  await new DocumentScreen(page).openTab('Attachments and activity');
  await expect(page.getByRole('button', { name: 'Attach a file' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Take a photo' })).toHaveCount(0);
  await office.cut();
  await dropFiles(page, page.locator('.document-page'), [join(disk.folder, 'many')]);
  await expect(page.getByText(/^Keeping \d+ of 120: /)).toBeVisible();
  await expect(page.getByText(/^Keeping /)).toHaveCount(0, { timeout: 120_000 });
  await expect(notice(page)).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Show 70 more that were put here' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Show 70 earlier changes' })).toBeVisible();
  await new DocumentScreen(page).openTab('Details');
  await page.getByRole('textbox', { name: 'Customer Name' }).fill('Still here');
  await expect(page.getByText('Unsaved changes', { exact: true })).toBeVisible();
});
