import type { Page } from '@playwright/test';
import { sha256, Office } from '../story/office';
import { Gate } from '../story/gate';
import { DocumentScreen } from '../story/screens/document';
import { Shell } from '../story/screens/shell';
import { SignInScreen } from '../story/screens/sign-in';
import { SyncCentre } from '../story/screens/sync-centre';
import { expect, test } from '../support/app';

/** A custom field of the kind: its `Custom Field`, how a person fills it in, and what the server has then. */
type Case = {
  fieldtype: string;
  options?: string;
  /** What else its `Custom Field` has. */
  more?: { [fieldname: string]: number };
  fill: (form: DocumentScreen, page: Page, fieldname: string) => Promise<void>;
  stored: unknown;
};

const typed = (fieldtype: string, text: string, stored: unknown, options?: string): Case => ({
  fieldtype,
  ...(options === undefined ? {} : { options }),
  fill: (form, _page, fieldname) => form.type(fieldname, text),
  stored,
});

const cases: Case[] = [
  typed('Data', 'ninja@example.com', 'ninja@example.com', 'Email'),
  typed('Small Text', 'two\nlines', 'two\nlines'),
  typed('Long Text', 'as long as it takes', 'as long as it takes'),
  typed('Int', '1.234', 1234),
  typed('Float', '2,125', 2.125),
  typed('Currency', '1.099,50', 1099.5),
  typed('Percent', '12.5', 12.5),
  typed('Date', '2027-03-31', '2027-03-31'),
  typed('Time', '07:45', '07:45:00'),
  typed('Color', '#2490ef', '#2490ef'),
  typed('JSON', '{"a": 1}', '{"a": 1}'),
  typed('Code', 'SELECT 1', 'SELECT 1'),
  typed('Markdown Editor', '# Title', '# Title'),
  typed('Barcode', '4006381333931', '4006381333931'),
  {
    fieldtype: 'Phone',
    fill: async (form, page, fieldname) => {
      await form.field(fieldname).getByRole('combobox', { name: 'Our Phone, country' }).fill('germ');
      await page.getByRole('option', { name: 'Germany +49' }).click();
      const number = form.field(fieldname).getByRole('textbox', { name: 'Our Phone' });
      await number.fill('30 123456');
      // What does not parse for a moment keeps its country.
      await number.press('x');
      await number.press('Backspace');
    },
    stored: '+49-30 123456',
  },
  typed('Icon', 'truck', 'truck'),
  {
    fieldtype: 'Check',
    fill: async (form, _page, fieldname) => form.field(fieldname).getByRole('checkbox').press('Space'),
    stored: 1,
  },
  {
    fieldtype: 'Select',
    options: 'North\nSouth',
    fill: (form, _page, fieldname) => form.select(fieldname, 'South'),
    stored: 'South',
  },
  {
    fieldtype: 'Link',
    options: 'Territory',
    fill: (form, _page, fieldname) => form.link(fieldname, 'Abroad'),
    stored: 'Abroad',
  },
  {
    fieldtype: 'Autocomplete',
    options: 'Lorry\nVan',
    fill: async (form, page, fieldname) => {
      await form.field(fieldname).getByRole('combobox').fill('Van');
      await page.getByRole('option', { name: 'Van', exact: true }).click();
    },
    stored: 'Van',
  },
  {
    fieldtype: 'Signature',
    fill: (form, _page, fieldname) => form.type(fieldname, 'Elif Marchetti'),
    stored: expect.stringMatching(/^data:image\/png;base64,/),
  },
  {
    fieldtype: 'Geolocation',
    fill: async (form, _page, fieldname) => {
      await form.field(fieldname).getByRole('textbox').first().fill('52.52');
      await form.field(fieldname).getByRole('textbox').last().fill('13.405');
    },
    // GeoJSON has the longitude first.
    stored: expect.stringContaining('[13.405,52.52]'),
  },
  {
    fieldtype: 'Datetime',
    fill: async (form, _page, fieldname) => {
      await form
        .field(fieldname)
        .getByLabel(/, date$/)
        .fill('2027-03-31');
      const time = form.field(fieldname).getByLabel(/, time$/);
      await time.fill('16:20');
      await time.press('Tab');
    },
    stored: '2027-03-31 16:20:00',
  },
  {
    fieldtype: 'Duration',
    more: { hide_seconds: 1 },
    fill: async (form, _page, fieldname) => {
      for (const [unit, amount] of [
        ['d', '1'],
        ['h', '2'],
        ['m', '90'],
      ] as const) {
        const box = form.field(fieldname).getByLabel(new RegExp(`, ${unit}$`));
        await box.click();
        await box.press('ControlOrMeta+a');
        await box.pressSequentially(amount);
        await box.press('Tab');
      }
    },
    stored: 86_400 + 2 * 3600 + 90 * 60,
  },
  {
    fieldtype: 'Rating',
    fill: async (form, _page, fieldname) => {
      const rate = form.field(fieldname).getByRole('slider');
      await rate.focus();
      for (let half = 0; half < 7; half += 1) await rate.press('ArrowRight');
    },
    stored: 0.7,
  },
  {
    fieldtype: 'Text Editor',
    fill: async (form, _page, fieldname) => {
      await form.field(fieldname).getByRole('button').first().click();
      await form.field(fieldname).getByRole('textbox').fill('Ring the <bell>');
    },
    stored: '<p>Ring the &lt;bell&gt;</p>',
  },
  {
    fieldtype: 'HTML Editor',
    fill: async (form, _page, fieldname) => {
      await form.field(fieldname).getByRole('button').first().click();
      await form.field(fieldname).getByRole('textbox').fill('One line');
    },
    stored: '<p>One line</p>',
  },
];

const nameOf = ({ fieldtype }: Case): string => `custom_${fieldtype.toLowerCase().replaceAll(' ', '_')}`;

test('custom fields of every kind are filled in without a network, and the server has what was typed', async ({ page }) => {
  test.setTimeout(240_000);
  const office = await Office.open({ scale: 8 });
  const form = new DocumentScreen(page);
  const shell = new Shell(page);
  const admin = office.site.as('Administrator');
  let after = 'customer_name';
  for (const one of cases) {
    const fieldname = nameOf(one);
    const { fieldtype, options, more } = one;
    admin.insert('Custom Field', {
      dt: 'Customer',
      fieldname,
      label: `Our ${fieldtype}`,
      fieldtype,
      insert_after: after,
      ...(options === undefined ? {} : { options }),
      ...more,
    });
    after = fieldname;
  }
  const customer = office.site.documents('Customer')[0]?.name ?? '';
  try {
    await new SignInScreen(page).signIn(office.url, office.person('field@example.com'));
    await shell.expectSync(/^Up to date/, 60_000);
    await office.cut();
    await shell.openDocument('Customer', customer);
    for (const one of cases) await test.step(one.fieldtype, () => one.fill(form, page, nameOf(one)));
    await expect(form.field('custom_duration').getByLabel('Our Duration, h')).toHaveValue('3');
    await expect(form.field('custom_duration').getByRole('textbox')).toHaveCount(3);
    await form.save();
    const before = office.site.document('Customer', customer);
    expect(cases.map((one) => before?.[nameOf(one)] ?? null)).not.toContain('South');

    await office.restore();
    await new SyncCentre(page).syncNow();
    await shell.expectSync(/^Up to date/, 60_000);
    const arrived = office.site.document('Customer', customer);
    expect(Object.fromEntries(cases.map((one) => [one.fieldtype, arrived?.[nameOf(one)]]))).toEqual(
      Object.fromEntries(cases.map((one) => [one.fieldtype, one.stored])),
    );
  } finally {
    await office.close();
  }
});

test('a file in an Attach field arrives as a private file, is set in its field, and its way there is shown', async ({ page }) => {
  test.setTimeout(180_000);
  const gate = new Gate((url) => url.pathname.endsWith('upload_file'));
  const office = await Office.open({ scale: 8, fetch: (site) => gate.guard((request) => site.fetch(request)) });
  const shell = new Shell(page);
  const form = new DocumentScreen(page);
  office.site.as('Administrator').insert('Custom Field', {
    dt: 'Customer',
    fieldname: 'custom_contract',
    label: 'Contract',
    fieldtype: 'Attach',
    insert_after: 'customer_name',
  });
  const customer = office.site.documents('Customer')[0]?.name ?? '';
  const bytes = Buffer.from(Array.from({ length: 1_500_000 }, (_, index) => (index * 31) % 251));
  try {
    await new SignInScreen(page).signIn(office.url, office.person('field@example.com'));
    await shell.expectSync(/^Up to date/, 60_000);
    await shell.openDocument('Customer', customer);
    await form
      .field('custom_contract')
      .locator('input[type=file]')
      .setInputFiles({ name: 'Contract, signed.bin', mimeType: 'application/octet-stream', buffer: bytes });

    const bar = page.getByRole('progressbar', { name: 'Sending Contract, signed.bin' });
    await expect(bar).toHaveAttribute('aria-valuenow', /^[1-9]/, { timeout: 60_000 });
    await new SyncCentre(page).open('waiting');
    await expect(bar).toHaveAttribute('aria-valuenow', /^[1-9]/);

    gate.open();
    await shell.expectSync(/^Up to date/, 60_000);
    await expect(bar).toHaveCount(0);
    const files = office.filesOn('Customer', customer);
    expect(files).toMatchObject([{ sha256: sha256(bytes), isPrivate: true }]);
    const url = String(office.site.document('Customer', customer)?.['custom_contract']);
    expect(office.site.files().find(({ doc }) => doc['file_url'] === url)?.sha256).toBe(sha256(bytes));
    expect(url).toMatch(/^\/private\/files\//);
  } finally {
    gate.open();
    await office.close();
  }
});
