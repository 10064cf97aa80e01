/* eslint-disable @typescript-eslint/no-deprecated -- the app uses the synchronous calls, see host/safe-storage.ts */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { ElectronApplication } from '@playwright/test';
import { Office } from '../story/office';
import { Shell } from '../story/screens/shell';
import { SignInScreen } from '../story/screens/sign-in';
import { expect, test } from '../support/app';
import { callFromPage } from '../support/page-bridge';
import type { RunningApp } from '../support/running-app';
import { startAgain } from '../support/start-again';

const electronOf = (app: RunningApp): ElectronApplication => {
  if (!app.electron) throw new Error('This test needs Electron.');
  return app.electron;
};

const isVisible = (app: RunningApp): Promise<boolean | undefined> =>
  electronOf(app).evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());

test('closing the window hides it, and the page in it lives on', async ({ app, page }) => {
  await expect.poll(() => isVisible(app)).toBe(true);
  await page.evaluate(() => Object.assign(window, { mark: 'still here' }));
  await electronOf(app).evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await expect.poll(() => isVisible(app)).toBe(false);
  expect(await page.evaluate(() => Reflect.get(window, 'mark') as string)).toBe('still here');
  expect(await callFromPage(page, 'app.environment', {})).toMatchObject({ ok: true });
});

test('a second start on the same data shows the first one’s window and ends', async ({ app }) => {
  // Hidden before it is shown for the first time, it would be shown after all.
  await expect.poll(() => isVisible(app)).toBe(true);
  await electronOf(app).evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  await expect.poll(() => isVisible(app)).toBe(false);
  expect(await startAgain(electronOf(app))).toBe(0);
  await expect.poll(() => isVisible(app)).toBe(true);
});

test('the window comes back where it was left', async ({ app }) => {
  const bounds = { x: 60, y: 40, width: 900, height: 700 };
  const boundsNow = () => electronOf(app).evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getNormalBounds());
  // The display server puts a window in its first place when it is shown: a move before that is undone.
  await expect.poll(() => isVisible(app)).toBe(true);
  await electronOf(app).evaluate(({ BrowserWindow }, wanted) => BrowserWindow.getAllWindows()[0]?.setBounds(wanted), bounds);
  await expect.poll(boundsNow).toEqual(bounds);
  await app.restart();
  await expect.poll(boundsNow).toEqual(bounds);
});

test('settings are there after the process was killed', async ({ app, page }) => {
  expect(await callFromPage(page, 'settings.set', { theme: 'dark' })).toMatchObject({ ok: true });
  await app.kill();
  expect(await callFromPage(await app.restart(), 'settings.get', {})).toMatchObject({ ok: true, value: { theme: 'dark' } });
});

test('a document goes to the printer as it is laid out, and nothing around it', async ({ app, page }) => {
  const office = await Office.open({ scale: 20 });
  const order = office.site.documents('Sales Order').find(({ docstatus }) => docstatus === 0);
  const rows = Array.from({ length: 150 }, () => ({ item_code: office.site.documents('Item')[0]?.name ?? '', qty: 1, rate: 5 }));
  try {
    office.site.as('Administrator').update('Sales Order', order?.name ?? '', { items: rows });
    await new SignInScreen(page).signIn(office.url, office.person('field@example.com'));
    await new Shell(page).expectSync(/^Up to date/, 120_000);
    await new Shell(page).go(`/print/${encodeURIComponent('Sales Order')}/${encodeURIComponent(order?.name ?? '')}`);
    await expect(page.getByRole('article')).toContainText(order?.name ?? '');
    const printed = await electronOf(app).evaluate(async ({ BrowserWindow }) => {
      const sheets = await BrowserWindow.getAllWindows()[0]?.webContents.printToPDF({ pageSize: 'A4' });
      return sheets?.toString('latin1') ?? '';
    });
    expect(printed).toMatch(/^%PDF-/);
    // The window would scroll it; on paper it goes on over as many sheets as it needs.
    const height = await page.getByRole('article').evaluate((element) => element.clientHeight);
    const sheets = printed.match(/\/Type \/Page\b/g)?.length ?? 0;
    expect(height).toBeGreaterThan(3000);
    expect(sheets).toBeGreaterThanOrEqual(Math.floor(height / 1123));
    expect(sheets).toBeLessThanOrEqual(Math.ceil(height / 1000) + 1);
  } finally {
    await office.close();
  }
});

test.describe('with unsent work', () => {
  test.use({ flags: ['--demo'] });

  test('quitting asks, says what is unsent, and can be taken back', async ({ app, page }) => {
    await expect(page.getByTestId('sync-pill')).toBeVisible({ timeout: 30_000 });
    const state = await callFromPage(page, 'accounts.state', {});
    const { active } = (state.ok ? state.value : {}) as { active?: string };
    const put = (id: string, doctype: string) => ({ kind: 'put', id, entry: { entry: { doctype } } });
    const records = [put(randomUUID(), 'Customer'), put(randomUUID(), 'Sales Order'), put(randomUUID(), 'Sales Order')];
    expect(await callFromPage(page, 'journal.append', { account: active, records })).toMatchObject({ ok: true });

    const ask = (answer: number) =>
      electronOf(app).evaluate(({ app: own, dialog }, response) => {
        const asked: { message: string; detail?: string }[] = [];
        Object.assign(globalThis, { asked });
        dialog.showMessageBox = (...options: unknown[]) => {
          asked.push(options.at(-1) as { message: string; detail?: string });
          return Promise.resolve({ response, checkboxChecked: false });
        };
        own.quit();
      }, answer);
    await ask(0);
    const asked = () => electronOf(app).evaluate(() => Reflect.get(globalThis, 'asked') as { message: string; detail: string }[]);
    await expect.poll(asked).toHaveLength(1);
    const [question] = await asked();
    expect(question?.message).toBe('3 changes have not reached the server');
    expect(question?.detail).toContain('2 Sales Order, 1 Customer.');
    expect(await callFromPage(page, 'app.environment', {})).toMatchObject({ ok: true });

    const ended = once(electronOf(app).process(), 'close');
    await ask(1).catch(() => undefined); // The connection ends with the process.
    await ended;
  });
});

test.describe('without a key store', () => {
  test('the app says so', async ({ page }) => {
    const answer = await callFromPage(page, 'accounts.keyStore', {});
    const { backend } = (answer.ok ? answer.value : {}) as { backend?: string };
    expect(['none', 'basic_text']).toContain(backend);
  });
});

test.describe('with a real key store', () => {
  test.use({ keyStore: true });

  test('the app knows it', async ({ page }) => {
    expect(await callFromPage(page, 'accounts.keyStore', {})).toMatchObject({ ok: true, value: { backend: 'system' } });
  });

  test('what it encrypted can be read after a restart, and its key is in no file of the app', async ({ app }) => {
    const sealed = await electronOf(app).evaluate(({ safeStorage }) => safeStorage.encryptString('a secret').toString('base64'));
    expect(Buffer.from(sealed, 'base64').toString()).not.toContain('a secret');
    await app.restart();
    const opened = await electronOf(app).evaluate(
      ({ safeStorage }, text) => safeStorage.decryptString(Buffer.from(text, 'base64')),
      sealed,
    );
    expect(opened).toBe('a secret');
  });
});
