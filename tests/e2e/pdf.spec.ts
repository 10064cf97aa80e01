import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import AxeBuilder from '@axe-core/playwright';
import type { Locator } from '@playwright/test';
import { Office } from '../story/office';
import { Shell } from '../story/screens/shell';
import { SignInScreen } from '../story/screens/sign-in';
import { expect, test as base } from '../support/app';
import { lineOf, pdfOf } from '../support/pdf';
import { siteFile } from '../support/site-file';

const doctype = 'Customer';
const mostPixels = 8_000_000;

type Fixtures = { office: Office; opened: (files: Record<string, Uint8Array>) => Promise<(name: string) => Promise<Locator>> };

const test = base.extend<Fixtures>({
  office: async ({}, use) => {
    const office = await Office.open({ scale: 8 });
    await use(office);
    await office.close();
  },
  /** Files on a customer, whose page is opened; answers how one of them is opened. */
  opened: async ({ page, office }, use) => {
    await use(async (files) => {
      const name = office.site.documents(doctype)[0]?.name ?? '';
      for (const [fileName, bytes] of Object.entries(files)) await siteFile(office.site, { doctype, name, fileName, bytes });
      await new SignInScreen(page).signIn(office.url, office.person('field@example.com'));
      await new Shell(page).expectSync(/^Up to date/, 120_000);
      await new Shell(page).openDocument(doctype, name);
      await page.getByRole('tab', { name: /^Attachments/ }).click();
      return async (fileName) => {
        if ((await page.getByRole('dialog').count()) > 0) await page.keyboard.press('Escape');
        await expect(page.getByRole('dialog')).toHaveCount(0);
        await page.getByRole('button', { name: `Open ${fileName}`, exact: true }).click();
        return page.getByRole('dialog');
      };
    });
  },
});
test.setTimeout(180_000);

const pageOf = (dialog: Locator, number: number): Locator => dialog.locator(`[data-page="${number}"]`);
const expectDrawn = (dialog: Locator, number: number) =>
  expect(pageOf(dialog, number)).toHaveAttribute('data-state', 'drawn', { timeout: 30_000 });
const canvasSizes = (dialog: Locator): Promise<number[]> =>
  dialog.locator('canvas').evaluateAll((all) => all.map((each) => (each as HTMLCanvasElement).width * (each as HTMLCanvasElement).height));

/** How many pixels of a page are not white. */
const inked = (dialog: Locator, number: number): Promise<number> =>
  pageOf(dialog, number)
    .locator('canvas')
    .evaluate((element) => {
      const canvas = element as HTMLCanvasElement;
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      return data.filter((value, at) => at % 4 === 0 && value < 128).length;
    });

test('a long PDF is gone through page by page, by keyboard too, and few pages are drawn at once; its text can be selected', async ({
  page,
  opened,
}) => {
  const open = await opened({ 'manual.pdf': pdfOf(Array.from({ length: 500 }, (_, n) => ({ content: lineOf(`Leaf ${n + 1}`) }))) });
  const dialog = await open('manual.pdf');
  await expectDrawn(dialog, 1);
  await expect(pageOf(dialog, 1)).toHaveText('Leaf 1');
  // Helvetica is not in the file: it is ours that draws it.
  expect(await inked(dialog, 1)).toBeGreaterThan(100);
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().include('.el-dialog').analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);

  const number = dialog.getByRole('textbox', { name: 'Page, of 500' });
  await number.fill('400');
  await number.press('Enter');
  await expectDrawn(dialog, 400);
  await expect(pageOf(dialog, 400)).toHaveText('Leaf 400');
  await expect(pageOf(dialog, 1)).toHaveCount(0);
  expect((await canvasSizes(dialog)).length).toBeLessThanOrEqual(5);

  const frame = dialog.getByRole('region', { name: /^Pages of manual.pdf/ });
  const zoom = dialog.getByRole('status');
  await frame.focus();
  await page.keyboard.press('1');
  await expect(zoom).toHaveText('100 %');
  await page.keyboard.press('+');
  await expect(zoom).toHaveText('150 %');
  await expect(number).toHaveValue('400');
  await expectDrawn(dialog, 400);
  await page.keyboard.press('End');
  await expect(number).toHaveValue('500');
  await expectDrawn(dialog, 500);
  await pageOf(dialog, 500).getByText('Leaf 500').selectText();
  expect(await page.evaluate(() => getSelection()?.toString())).toBe('Leaf 500');
  await page.keyboard.press('0');
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
  await expect(dialog).toHaveCount(0);
  // With the dialog its worker goes.
  await expect.poll(() => page.workers().filter((worker) => worker.url().includes('pdf-worker')).length).toBe(0);
});

test('scripts, links, programs and files in a PDF do nothing, and what reads it reaches no one', async ({ page, office, opened }) => {
  const heard: string[] = [];
  const canary = createServer((request, response) => {
    heard.push(request.url ?? '');
    response.end();
  });
  await new Promise<void>((resolve) => canary.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(canary.address() as AddressInfo).port}`;
  const script = `/S/JavaScript/JS(app.alert\\('ran'\\); app.launchURL\\('${url}/script'\\); this.submitForm\\('${url}/form'\\))`;
  const annotations = [
    `<</Type/Annot/Subtype/Link/Rect[0 0 595 842]/A<</S/URI/URI(${url}/link)>>>>`,
    '<</Type/Annot/Subtype/Link/Rect[0 0 100 100]/A<</S/Launch/F(/bin/sh)>>>>',
    `<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/V(typed)/Rect[72 600 300 640]/DA(/F 12 Tf)/AA<</K<<${script}>>/Fo<<${script}>>>>>>`,
    `<</Type/Annot/Subtype/Screen/Rect[0 0 50 50]/A<</S/Rendition/R<</S/MR/C<</S/MCD/D<</F(${url}/film)/FS/URL>>>>>>>>>>`,
  ].join('');
  const hostile = pdfOf(
    [
      // A tint that is computed by a program of its own, which is not compiled.
      {
        content: `/Spot cs 0.7 scn 72 300 200 80 re f ${lineOf('Delivery')}`,
        more: `/AA<</O<<${script}>>>>/Annots[${annotations}]` + resources,
      },
    ],
    {
      catalog: `/OpenAction<<${script}>>/AcroForm<</Fields[]/XFA 11 0 R>>/Names<</JavaScript<</Names[(a)<<${script}>>]>>/EmbeddedFiles<</Names[(run.exe)<</Type/Filespec/F(run.exe)/EF<</F 12 0 R>>>>]>>>>`,
      objects: [
        { dictionary: '/FunctionType 4/Domain[0 1]/Range[0 1 0 1 0 1]', stream: '{dup 0.5 mul exch dup}' },
        { dictionary: '', stream: `<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/"><template><script>${url}</script></template></xdp:xdp>` },
        { dictionary: '/Type/EmbeddedFile', stream: 'MZ' },
      ],
    },
  );
  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.message());
    void dialog.dismiss();
  });
  try {
    const open = await opened({ 'order.pdf': hostile });
    const dialog = await open('order.pdf');
    await expectDrawn(dialog, 1);
    await expect(dialog).toContainText('links, forms and scripts in it do nothing here');
    expect(await inked(dialog, 1)).toBeGreaterThan(1_000);
    await pageOf(dialog, 1).click({ position: { x: 60, y: 60 } });
    await page.keyboard.press('Tab');
    expect(await dialog.locator('.page :is(a, input, button, iframe, object, embed, script)').count()).toBe(0);
    expect(page.frames()).toHaveLength(1);

    const reader = page.workers().find((worker) => worker.url().includes('pdf-worker'));
    if (reader === undefined) throw new Error('no worker reads the PDF');
    const reaches = (address: string): Promise<string | undefined> =>
      reader.evaluate(
        (to) =>
          fetch(to).then(
            () => 'reached',
            () => 'refused',
          ),
        address,
      );
    expect([await reaches(url), await reaches('/'), await reaches(office.url)]).toEqual(['refused', 'refused', 'refused']);
    expect([asked, heard]).toEqual([[], []]);
  } finally {
    canary.close();
  }
});
const resources = '/Resources<</Font<</F 3 0 R>>/ColorSpace<</Spot[/Separation/Spot/DeviceRGB 10 0 R]>>>>';

test('a locked PDF asks for its password, and those that cannot be shown say so', async ({ page, opened }) => {
  const chinese = {
    more: '/Resources<</Font<</C 10 0 R>>>>',
    content: 'BT /C 24 Tf 72 760 Td <4F60597D> Tj ET',
  };
  const font = [
    '<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/UniGB-UCS2-H/DescendantFonts[11 0 R]>>',
    '<</Type/Font/Subtype/CIDFontType0/BaseFont/SimSun/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/FontDescriptor 12 0 R>>',
    '<</Type/FontDescriptor/FontName/SimSun/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 800/Descent -200/CapHeight 700/StemV 80>>',
  ];
  const whole = pdfOf([{ content: lineOf('whole') }]);
  const open = await opened({
    'locked.pdf': pdfOf([{ content: lineOf('secret leaf') }], { password: 'gate' }),
    'damaged.pdf': Buffer.concat([whole.subarray(0, 60), Buffer.from('x'.repeat(400))]),
    'empty.pdf': Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n'),
    'broken page.pdf': pdfOf([{ content: lineOf('first') }, { content: lineOf('second'), width: 842, height: 595 }]),
    'poster.pdf': pdfOf([{ content: lineOf('poster'), width: 14_000, height: 14_000 }]),
    'chinese.pdf': pdfOf([chinese], { objects: font }),
  });

  await test.step('with a password', async () => {
    const dialog = await open('locked.pdf');
    const box = dialog.getByLabel('This PDF is locked. Its password:');
    await box.fill('wrong');
    await box.press('Enter');
    await expect(dialog.getByRole('alert')).toHaveText('That is not its password.');
    await box.fill('gate');
    await dialog.getByRole('button', { name: 'Unlock' }).click();
    await expectDrawn(dialog, 1);
    await expect(pageOf(dialog, 1)).toHaveText('secret leaf');
  });

  await test.step('damaged, and without pages', async () => {
    for (const name of ['damaged.pdf', 'empty.pdf']) {
      const dialog = await open(name);
      await expect(dialog).toContainText('This PDF cannot be read');
      await expect(dialog.getByRole('button', { name: 'Save a copy' })).toBeVisible();
    }
  });

  await test.step('pages of other sizes', async () => {
    const dialog = await open('broken page.pdf');
    await expectDrawn(dialog, 2);
    const [first, second] = [await pageOf(dialog, 1).boundingBox(), await pageOf(dialog, 2).boundingBox()];
    expect(second?.width ?? 0).toBeGreaterThan((first?.width ?? 0) * 1.3);
  });

  await test.step('a page of 14,000 points a side takes no more memory than another', async () => {
    const dialog = await open('poster.pdf');
    await expectDrawn(dialog, 1);
    await dialog.getByRole('button', { name: '100 %' }).click();
    await expect(dialog.getByRole('status')).toHaveText('100 %');
    await expectDrawn(dialog, 1);
    expect(Math.max(...(await canvasSizes(dialog)))).toBeLessThanOrEqual(mostPixels);
  });

  await test.step('letters whose map is not in the file', async () => {
    const dialog = await open('chinese.pdf');
    await expectDrawn(dialog, 1);
    await expect(pageOf(dialog, 1)).toHaveText('你好');
  });
  expect(await page.evaluate(() => 'ran' in window)).toBe(false);
});
