import { Office } from '../story/office';
import { ListScreen } from '../story/screens/list';
import { Shell } from '../story/screens/shell';
import { SignInScreen } from '../story/screens/sign-in';
import { expect, test } from '../support/app';

test('a change shows at once in an open list; hidden on battery nothing listens, shown again it does', async ({ app, page }) => {
  const office = await Office.open({ scale: 1, push: 'same-port' });
  const list = new ListScreen(page);
  try {
    await new SignInScreen(page).signIn(office.url, office.person('field@example.com'));
    await new Shell(page).expectSync(/^Up to date/);
    await expect.poll(() => office.sockets, { timeout: 30_000 }).toBe(1);
    await list.open('Customer');
    const { name } = office.site.as('office@example.com').insert('Customer', { customer_name: 'Told at once', customer_type: 'Company' });
    await expect(list.row(name)).toBeVisible();

    await app.electron?.evaluate(({ BrowserWindow, powerMonitor }) => {
      Object.defineProperty(powerMonitor, 'onBatteryPower', { configurable: true, get: () => true });
      powerMonitor.emit('on-battery');
      BrowserWindow.getAllWindows()[0]?.hide();
    });
    await expect.poll(() => office.sockets).toBe(0);
    await app.electron?.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.show());
    await expect.poll(() => office.sockets, { timeout: 30_000 }).toBe(1);
  } finally {
    await office.close();
  }
});
