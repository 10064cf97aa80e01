import { Office } from '../story/office';
import { DocumentScreen } from '../story/screens/document';
import { ListScreen } from '../story/screens/list';
import { Shell } from '../story/screens/shell';
import { SignInScreen } from '../story/screens/sign-in';
import { expect, test } from '../support/app';

test('a list and a document that are open follow what others do', async ({ page }) => {
  const office = await Office.open({ scale: 8 });
  const shell = new Shell(page);
  const list = new ListScreen(page);
  const colleague = office.site.as('office@example.com');
  const syncNow = async (): Promise<void> => {
    await page.keyboard.press('ControlOrMeta+k');
    await page.getByRole('combobox').last().fill('Sync now');
    await page.getByRole('option', { name: 'Sync now', exact: true }).click();
  };
  try {
    const { name } = colleague.insert('Customer', { customer_name: 'Passing Trade', customer_type: 'Company' });
    await new SignInScreen(page).signIn(office.url, office.person('field@example.com'));
    await shell.expectSync(/^Up to date/);
    await list.open('Customer');
    await expect(list.row(name)).toBeVisible();

    const other = colleague.insert('Customer', { customer_name: 'New Neighbour', customer_type: 'Company' }).name;
    await syncNow();
    await expect(list.row(other)).toBeVisible();
    colleague.update('Customer', other, { customer_name: 'Old Neighbour' });
    await syncNow();
    await expect(list.row(other)).toContainText('Old Neighbour');
    colleague.delete('Customer', name);
    await syncNow();
    await expect(list.row(name)).toHaveCount(0);

    await list.openRow(other);
    await expect(page.getByRole('heading', { level: 1, name: 'Old Neighbour' })).toBeVisible();
    colleague.update('Customer', other, { customer_name: 'Newest Neighbour' });
    await syncNow();
    await expect(page.getByRole('heading', { level: 1, name: 'Newest Neighbour' })).toBeVisible();

    // Who changed what is told as it was when the document was last opened with a connection, and without one, too.
    const changes = page.getByRole('region', { name: 'Changes on the server' });
    const open = async (): Promise<void> => {
      await list.open('Customer');
      await list.openRow(other);
      await new DocumentScreen(page).openTab('Attachments and activity');
    };
    await open();
    await expect(changes).toContainText('Customer Name: Old Neighbour → Newest Neighbour');
    await office.cut();
    await open();
    await expect(changes).toContainText('Customer Name: New Neighbour → Old Neighbour');
  } finally {
    await office.close();
  }
});
