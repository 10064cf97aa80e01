import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import type { Doc } from '../../shared/erp/document';
import { Office } from '../story/office';
import { DocumentScreen } from '../story/screens/document';
import { Shell } from '../story/screens/shell';
import { SignInScreen } from '../story/screens/sign-in';
import { SyncCentre } from '../story/screens/sync-centre';
import { expect, test } from '../support/app';

const doctype = 'Sales Order';
const orderOf = (office: Office, status: number): Doc => {
  const found = office.site.documents(doctype).find(({ docstatus }) => docstatus === status);
  if (found === undefined) throw new Error(`the demo company has no ${doctype} of docstatus ${status}`);
  return found;
};

function cancelledOrder(office: Office): Doc {
  const { name } = orderOf(office, 0);
  office.site.as('Administrator').submit(doctype, name);
  office.site.as('Administrator').cancel(doctype, name);
  return orderOf(office, 2);
}

const paperOf = (page: Page) => page.getByRole('article');
const panelOf = (page: Page) => page.getByRole('region', { name: 'PDF from the server' });

async function signedIn(page: Page, office: Office): Promise<void> {
  await new SignInScreen(page).signIn(office.url, office.person('field@example.com'));
  await new Shell(page).expectSync(/^Up to date/, 120_000);
}

/** By way of the document's menu. */
async function openPrint(page: Page, name: string): Promise<void> {
  await new Shell(page).openDocument(doctype, name);
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Print or PDF' }).click();
  await expect(paperOf(page)).toBeVisible();
}

/** Counts what would open the system's dialog, which no test could close. */
async function countPrints(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const counted = Object.assign(window, { printed: 0 });
    window.print = () => void (counted.printed += 1);
  });
  return () => page.evaluate(() => ('printed' in window ? Number(window.printed) : -1));
}

test('a document is printed from this device without a network, on white paper in the dark', async ({ page }) => {
  const office = await Office.open({ scale: 20 });
  const shell = new Shell(page);
  const centre = new SyncCentre(page);
  const paper = paperOf(page);
  try {
    const { metadata } = office.site.engine;
    const [sold] = office.site.documents('Item');
    const related = { fieldname: 'related_items', fieldtype: 'Table MultiSelect', label: 'Related Items', options: 'Sales Order Item' };
    metadata.change(doctype, (meta) => ({ ...meta, fields: [...meta.fields, related] }));
    metadata.change('Item', (meta) => ({ ...meta, show_title_field_in_link: 1 as const }));
    const parent = orderOf(office, 1).name;
    const row = { name: 'related-1', idx: 1, parent, parenttype: doctype, parentfield: 'related_items', item_code: sold?.name ?? '' };
    office.site.setSilently(doctype, parent, { related_items: [row] });
    const cancelled = cancelledOrder(office);
    await page.emulateMedia({ colorScheme: 'dark' });
    await signedIn(page, office);
    await office.cut();
    await centre.syncNow();
    await shell.expectSync(/^Offline/);
    const order = orderOf(office, 1);
    await openPrint(page, order.name);

    await test.step('what the form shows is on it, without what is empty or marked print_hide', async () => {
      await expect(paper).toContainText(order.name);
      await expect(paper).toContainText(String(order['customer_name']));
      const table = paper.getByRole('table', { name: 'Items' });
      await expect(table.getByRole('columnheader', { name: 'Item Code' })).toBeVisible();
      await expect(table.getByRole('row')).toHaveCount((order['items'] as unknown[]).length + 1);
      const total = paper.getByRole('definition').filter({ hasText: /€|EUR|₹|INR|\$/ });
      await expect(total.first()).toBeVisible();
      await expect(paper.getByText('Grand Total', { exact: true })).toBeVisible();
      await expect(paper.getByText(String(sold?.['item_name']), { exact: true }).first()).toBeVisible();
      for (const label of ['Series', 'Purchase Order', 'Is Internal Customer', 'Base Grand Total'])
        await expect(paper.getByText(label, { exact: true })).toHaveCount(0);
      await expect(paper.getByText('Draft', { exact: true })).toHaveCount(0);
    });

    await test.step('paper is white, ink dark', async () => {
      await expect(page.locator('html')).toHaveClass(/dark/);
      const colours = await paper.evaluate((element) => [getComputedStyle(element).backgroundColor, getComputedStyle(element).color]);
      expect(colours).toEqual(['rgb(255, 255, 255)', 'rgb(27, 35, 48)']);
    });

    await test.step('the button and Ctrl+P print', async () => {
      const prints = await countPrints(page);
      await page.getByRole('button', { name: 'Print', exact: true }).click();
      expect(await prints()).toBe(1);
      await page.keyboard.press('ControlOrMeta+p');
      expect(await prints()).toBe(2);
    });

    await test.step('on paper there is nothing around it', async () => {
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
      await expect(paper).toBeVisible();
      for (const around of [shell.pill, panelOf(page), page.getByRole('button', { name: 'Print', exact: true })])
        await expect(around).toBeHidden();
      // As long as it is: what scrolls is cut off at the end of the first sheet.
      const cut = await page.evaluate(() => {
        const around = [...document.querySelectorAll('body, #app, #app *')].filter((element) => element.querySelector('article') !== null);
        return around
          .filter((element) => !['visible', 'clip'].includes(getComputedStyle(element).overflowY))
          .map(({ className }) => className);
      });
      expect(cut).toEqual([]);
      await page.emulateMedia({ media: null, colorScheme: null });
    });

    await test.step('a document’s own Ctrl+P leads here', async () => {
      await page.getByRole('button', { name: 'Back to the document' }).click();
      await expect(page.getByRole('heading', { level: 1, name: String(order['customer_name']) })).toBeVisible();
      await page.keyboard.press('ControlOrMeta+p');
      await expect(paper).toContainText(order.name);
    });

    await test.step('a cancelled one says so', async () => {
      await openPrint(page, cancelled.name);
      await expect(paper.getByText('Cancelled', { exact: true })).toBeVisible();
    });
  } finally {
    await office.close();
  }
});

test('a draft says that it is one, and what is not sent yet that its figures are not the server’s', async ({ page }) => {
  const office = await Office.open({ scale: 20 });
  const shell = new Shell(page);
  const form = new DocumentScreen(page);
  const paper = paperOf(page);
  try {
    await signedIn(page, office);
    const { name } = orderOf(office, 0);
    await openPrint(page, name);
    await expect(paper.getByText('Draft', { exact: true })).toBeVisible();
    await expect(paper.getByText('Not sent yet', { exact: true })).toHaveCount(0);
    await expect(paper).not.toContainText('*');
    await expect(paper.getByText('In Words', { exact: true })).toBeVisible();

    await office.cut();
    await new SyncCentre(page).syncNow();
    await shell.expectSync(/^Offline/);
    await shell.openDocument(doctype, name);
    await form.typeCell('items', 0, 'Quantity', '17');
    // Unsaved typing is asked about on the way.
    await page.keyboard.press('ControlOrMeta+p');
    await page.getByRole('button', { name: 'Save and leave' }).click();
    await expect(paper.getByText('Not sent yet', { exact: true })).toBeVisible();
    await expect(paper.getByRole('table', { name: 'Items' }).getByRole('row').nth(1)).toContainText('17');
    await expect(paper.getByText('In Words', { exact: true })).toHaveCount(0);
    await expect(paper).toContainText('* Provisional: the server computes this when it is sent');
    await expect(paper.getByRole('definition').filter({ hasText: /\d\*$/ }).first()).toBeVisible();
  } finally {
    await office.close();
  }
});

test('the server’s PDF is fetched in one of its formats, kept, and opened without a network', async ({ page }) => {
  const office = await Office.open({ scale: 20 });
  const { site } = office;
  const shell = new Shell(page);
  const centre = new SyncCentre(page);
  const panel = panelOf(page);
  const dialog = page.getByRole('dialog');
  const order = orderOf(office, 1);
  /** What the viewer saves as a copy. */
  const savedCopy = async (): Promise<string> => {
    const coming = page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Save a copy' }).click();
    const saved = await coming;
    expect(saved.suggestedFilename()).toBe(`${order.name}.pdf`);
    const text = (await readFile(await saved.path())).toString('latin1');
    await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
    return text;
  };
  try {
    site.engine.metadata.change(doctype, (meta) => ({ ...meta, print_formats: ['Short'] }));
    const cancelled = cancelledOrder(office);
    await signedIn(page, office);
    await openPrint(page, order.name);

    await test.step('fetched', async () => {
      await panel.getByRole('combobox', { name: 'Print format' }).press('Enter');
      await page.getByRole('option', { name: 'Short', exact: true }).click();
      await panel.getByText('With letter head').click();
      await panel.getByRole('button', { name: 'Fetch the PDF' }).click();
      await expect(dialog.locator('[data-page="1"]')).toContainText(order.name);
      const text = await savedCopy();
      expect(text).toMatch(/^%PDF-/);
      expect(text).toContain(`(${order.name})`);
      expect(text).toContain('Short');
      expect(text).not.toContain(String(order['company']));
      await expect(panel).toContainText('Short, fetched');
    });

    await test.step('opened without a network, after a restart of the page', async () => {
      await office.cut();
      await centre.syncNow();
      await shell.expectSync(/^Offline/);
      await page.reload();
      await openPrint(page, order.name);
      await expect(panel.getByRole('button', { name: 'Fetch the PDF' })).toBeDisabled();
      await expect(panel).toContainText('needs a connection');
      await panel.getByRole('button', { name: 'Open the PDF' }).click();
      await expect(dialog.locator('[data-page="1"]')).toContainText(order.name);
      expect(await savedCopy()).toContain(`(${order.name})`);
    });

    await test.step('older than the document once that has changed', async () => {
      await expect(panel).not.toContainText('has changed since');
      await office.restore();
      site.as('Administrator').update(doctype, order.name, { po_no: 'CHANGED-1' });
      await centre.syncNow();
      await shell.expectSync(/^Up to date/, 60_000);
      await openPrint(page, order.name);
      await expect(panel).toContainText('The document has changed since.');
    });

    await test.step('what the site does not print is told in its words', async () => {
      await openPrint(page, cancelled.name);
      await panel.getByRole('button', { name: 'Fetch the PDF' }).click();
      await expect(panel.getByRole('alert')).toContainText('Not allowed to print cancelled documents');
      await expect(panel.getByRole('button', { name: 'Open the PDF' })).toHaveCount(0);
    });
  } finally {
    await office.close();
  }
});

test('pictures, places and formatted text are printed as the form shows them, and nothing of theirs runs', async ({ page }) => {
  const office = await Office.open({ scale: 20 });
  const { site } = office;
  const admin = site.as('Administrator');
  const paper = paperOf(page);
  const [customer] = site.documents('Customer').map(({ name }) => name);
  const dot = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  const values = {
    drawn: dot,
    place: '{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[13.4,52.5]}}]}',
    said: '<p>Rings <strong>twice</strong></p><a href="javascript:window.ran = 1">there</a><script>window.ran = 1</script>',
    street: 'Dock 4<br>Hamburg',
    secret: 'open sesame',
    hush: 'for the screen alone',
  };
  const kinds = { drawn: 'Signature', place: 'Geolocation', said: 'Text Editor', street: 'Small Text', secret: 'Password', hush: 'Data' };
  try {
    for (const [fieldname, fieldtype] of Object.entries(kinds)) {
      const printHide = fieldname === 'hush' ? 1 : 0;
      admin.insert('Custom Field', {
        ...{ dt: 'Customer', insert_after: 'customer_group', fieldname, fieldtype, label: `The ${fieldname}` },
        print_hide: printHide,
      });
    }
    admin.update('Customer', customer ?? '', values);
    await signedIn(page, office);
    await new Shell(page).openDocument('Customer', customer ?? '');
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Print or PDF' }).click();
    await expect(paper.getByRole('img', { name: 'The drawn' })).toHaveAttribute('src', dot);
    await expect(paper).toContainText('52.5, 13.4');
    await expect(paper.locator('strong')).toHaveText('twice');
    await expect(paper.getByText('Dock 4')).toHaveText('Dock 4\nHamburg', { useInnerText: true });
    for (const left of ['The secret', 'The hush', 'for the screen alone']) await expect(paper.getByText(left)).toHaveCount(0);
    await expect(paper.getByText('there', { exact: true })).not.toHaveAttribute('href');
    expect(await page.evaluate(() => 'ran' in window)).toBe(false);
  } finally {
    await office.close();
  }
});

test('printing is not offered to whoever may not print', async ({ page }) => {
  const office = await Office.open({ scale: 20 });
  const { site } = office;
  for (const rule of site.engine.metadata.get(doctype)?.permissions ?? []) site.setPermission(doctype, { ...rule, print: 0 });
  try {
    await signedIn(page, office);
    await new Shell(page).openDocument(doctype, orderOf(office, 0).name);
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await expect(page.getByRole('menuitem', { name: 'Duplicate' })).toBeVisible();
    await expect(page.getByRole('menuitem', { name: 'Print or PDF' })).toHaveCount(0);
    await page.keyboard.press('Escape');
    await page.keyboard.press('ControlOrMeta+p');
    await expect(page.getByText('You may read this document, not print it.')).toBeVisible();
    await new Shell(page).go(`/print/${encodeURIComponent(doctype)}/${encodeURIComponent(orderOf(office, 0).name)}`);
    await expect(page.getByRole('button', { name: 'Back to the document' })).toBeVisible();
    await expect(paperOf(page)).toHaveCount(0);
  } finally {
    await office.close();
  }
});
