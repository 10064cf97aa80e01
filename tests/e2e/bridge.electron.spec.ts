import type { ElectronApplication, Page } from '@playwright/test';
import { expect, test } from '../support/app';
import { preloadScript } from '../support/electron-app';
import { callFromPage } from '../support/page-bridge';

/** A second window with the app's own preload script, on another page: what a hijacked page would have. */
async function openForeignWindow(electron: ElectronApplication, url: string): Promise<Page> {
  const opened = electron.waitForEvent('window');
  await electron.evaluate(
    ({ BrowserWindow }, { address, preload }) => {
      void new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true, contextIsolation: true } }).loadURL(address);
    },
    { address: url, preload: preloadScript() },
  );
  const page = await opened;
  await page.waitForLoadState();
  return page;
}

test('the app’s own page is served', async ({ page }) => {
  const answer = await callFromPage(page, 'app.environment', {});
  expect(answer).toMatchObject({ ok: true, value: { host: 'electron', startInDemo: false } });
});

test('parameters that do not fit the contract are refused', async ({ page }) => {
  expect(await callFromPage(page, 'settings.set', { theme: 'purple' })).toMatchObject({ ok: false, error: { code: 'bad-parameters' } });
  expect(await callFromPage(page, 'files.read', { account: '../../etc', file: 'x', offset: 0, length: 1 })).toMatchObject({
    ok: false,
    error: { code: 'bad-parameters' },
  });
  const account = 'a'.repeat(32);
  const elsewhere = { account, doctype: 'Sales Order', name: 'SO-1', format: 'Standard', letterhead: true, url: 'https://example.com/' };
  expect(await callFromPage(page, 'files.fetchPdf', elsewhere)).toMatchObject({ ok: false, error: { code: 'bad-parameters' } });
});

test('only the methods of the contract can be called', async ({ page }) => {
  for (const method of ['constructor.constructor', 'settings.toString', 'settings.__proto__', 'accounts', 'app.environment.call', '']) {
    expect(await callFromPage(page, method, {})).toMatchObject({ ok: false, error: { code: 'bad-parameters' } });
  }
});

test('what is no message at all is refused', async ({ page }) => {
  for (const message of [null, 7, 'text']) {
    await expect(page.evaluate((sent) => window.fieldbook?.post(sent), message)).rejects.toThrow('no message of the bridge');
  }
  expect(await callFromPage(page, 'app.environment', {})).toMatchObject({ ok: true });
});

test('a page of another origin is refused, though it has the preload script', async ({ app }) => {
  if (!app.electron) throw new Error('This test needs Electron.');
  const foreign = await openForeignWindow(app.electron, 'data:text/html,<title>foreign</title>');
  await expect(callFromPage(foreign, 'app.environment', {})).rejects.toThrow('Only the app’s own window may use the bridge.');
  await expect(foreign.evaluate(() => window.fieldbook?.requestPort())).rejects.toThrow('Only the app’s own window may use the bridge.');
});

test('a second window at the app’s own origin is refused', async ({ app }) => {
  if (!app.electron) throw new Error('This test needs Electron.');
  const second = await openForeignWindow(app.electron, 'app://fieldbook/assets/none.js');
  await expect(callFromPage(second, 'app.environment', {})).rejects.toThrow('Only the app’s own window may use the bridge.');
});

test('a frame inside the page has no bridge', async ({ page }) => {
  const inFrame = await page.evaluate(() => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    return 'fieldbook' in (frame.contentWindow ?? {});
  });
  expect(inFrame).toBe(false);
});

test('a reload ends what the page had under way and serves the new page', async ({ page }) => {
  expect(await callFromPage(page, 'settings.set', { density: 'compact' })).toMatchObject({ ok: true });
  await page.reload();
  expect(await callFromPage(page, 'settings.get', {})).toMatchObject({ ok: true, value: { density: 'compact' } });
});
