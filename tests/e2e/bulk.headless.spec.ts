import { addDays } from '../../shared/erp/calendar';
import { colleague } from '../story/doctypes/case';
import { Office } from '../story/office';
import { ListScreen } from '../story/screens/list';
import { Shell } from '../story/screens/shell';
import { SignInScreen } from '../story/screens/sign-in';
import { expect, test } from '../support/app';

test('marked drafts are submitted, others deleted, and what is submitted already is left alone and told', async ({ page }) => {
  test.setTimeout(150_000);
  const office = await Office.open({ scale: 8 });
  const { site } = office;
  const shell = new Shell(page);
  const list = new ListScreen(page);
  const bar = page.getByRole('toolbar', { name: 'Selected documents' });
  const mark = async (names: readonly string[]): Promise<void> => {
    for (const name of names) await list.row(name).getByRole('checkbox').check();
    await expect(bar).toContainText(`${names.length} selected`);
  };
  const act = async (button: string, question: RegExp): Promise<void> => {
    await bar.getByRole('button', { name: button }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText(question);
    await dialog.getByRole('button', { name: button, exact: true }).click();
    await expect(dialog).toHaveCount(0);
  };
  try {
    const like = site.documents('Sales Order')[0];
    const later = addDays(site.clock.date(), 30);
    const item = site.documents('Item').find((doc) => doc['is_sales_item'] === 1 && doc['is_stock_item'] === 1)?.name ?? '';
    const draft = () =>
      site.as(colleague).insert('Sales Order', {
        customer: String(like?.['customer']),
        company: String(like?.['company']),
        delivery_date: later,
        items: [{ item_code: item, qty: 3, rate: 20, delivery_date: later }],
      }).name;
    const submitted = [draft(), draft()];
    const deleted = [draft(), draft()];
    const kept = draft();
    await new SignInScreen(page).signIn(office.url, office.person('field@example.com'));
    await shell.expectSync(/^Up to date/, 60_000);
    await list.open('Sales Order');

    await mark(submitted);
    await act('Submit', /Submit 2 drafts\?/);
    await expect.poll(() => submitted.map((name) => site.document('Sales Order', name)?.docstatus), { timeout: 30_000 }).toEqual([1, 1]);
    await shell.expectSync(/^Up to date/);

    await mark([...deleted, submitted[0] ?? '']);
    await act('Delete', /Delete 2 documents\?/);
    await expect(page.getByText('1 submitted document stays: cancel it before you delete it.')).toBeVisible();
    await expect.poll(() => deleted.map((name) => site.document('Sales Order', name)), { timeout: 30_000 }).toEqual([undefined, undefined]);
    for (const name of deleted) await expect(list.row(name)).toHaveCount(0);
    expect(site.document('Sales Order', submitted[0] ?? '')?.docstatus).toBe(1);
    expect(site.document('Sales Order', kept)?.docstatus).toBe(0);
  } finally {
    await office.close();
  }
});
