import type { Locator } from '@playwright/test';
import { Office } from '../story/office';
import { DocumentScreen } from '../story/screens/document';
import { ListScreen } from '../story/screens/list';
import { Shell } from '../story/screens/shell';
import { SignInScreen } from '../story/screens/sign-in';
import { expect, test } from '../support/app';

const company = 'شركة النور (فرع القاهرة)!';
const note = 'التسليم بعد 10:00، الطابق 3 (ABC-12)';
const label = 'ملاحظات التسليم';

/** Where the first and the last character of an element's text stand (px from the left). */
const ends = (element: Locator): Promise<{ first: number; last: number }> =>
  element.evaluate((shown) => {
    const texts = document.createTreeWalker(shown, NodeFilter.SHOW_TEXT);
    let text = texts.nextNode();
    while (text !== null && (text.nodeValue ?? '').trim() === '') text = texts.nextNode();
    const length = text?.nodeValue?.trimEnd().length ?? 0;
    const start = text?.nodeValue?.search(/\S/) ?? 0;
    const at = (index: number): number => {
      const range = document.createRange();
      range.setStart(text!, index);
      range.setEnd(text!, index + 1);
      return range.getBoundingClientRect().left;
    };
    return { first: at(start), last: at(length - 1) };
  });

test('what is written from right to left is shown, found, typed and sent so', async ({ page }) => {
  const office = await Office.open({ scale: 8 });
  const shell = new Shell(page);
  const list = new ListScreen(page);
  const form = new DocumentScreen(page);
  try {
    office.site.as('Administrator').insert('Custom Field', {
      dt: 'Customer',
      fieldname: 'delivery_note_text',
      label,
      fieldtype: 'Small Text',
      insert_after: 'customer_group',
    });
    const { name } = office.site.as('office@example.com').insert('Customer', { customer_name: company, customer_type: 'Company' });
    await new SignInScreen(page).signIn(office.url, office.person('field@example.com'));
    await shell.expectSync(/^Up to date/, 60_000);
    await office.cut();

    await list.open('Customer');
    // The exclamation mark ends the name, so it stands to the left of all of it.
    const heading = list.row(name).getByRole('gridcell').filter({ hasText: company }).first();
    const inList = await ends(heading);
    expect(inList.last).toBeLessThan(inList.first);
    await list.openRow(name);
    await expect(form.title).toHaveText(company);
    const inTitle = await ends(form.title);
    expect(inTitle.last).toBeLessThan(inTitle.first);

    await expect(page.getByLabel(label)).toBeVisible();
    await form.type('delivery_note_text', note);
    await expect(form.field('delivery_note_text').locator('textarea')).toHaveCSS('direction', 'rtl');
    await expect(form.field('customer_name').locator('input')).toHaveCSS('direction', 'rtl');
    await form.save();

    await shell.find('النور');
    await expect(page.getByRole('option', { name: company })).toBeVisible();
    await page.keyboard.press('Escape');

    await office.restore();
    await shell.expectSync(/^Up to date/, 60_000);
    expect(office.site.document('Customer', name)).toMatchObject({ delivery_note_text: note, customer_name: company });
  } finally {
    await office.close();
  }
});
