import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base } from '@playwright/test';
import type { Page, TestInfo } from '@playwright/test';
import { startDemoServer } from './demo-server';
import type { DemoServer } from './demo-server';
import { openDisplay } from './display';
import { noElectron, startElectronApp } from './electron-app';
import { startHeadlessApp } from './headless-app';
import type { RunningApp } from './running-app';

export { expect };

export type AppOptions = {
  /** Set by the project. */
  hostKind: 'headless' | 'electron';
  /** Electron: with a real key store. `test.use({ keyStore: true })`. */
  keyStore: boolean;
  /** Further switches of the host, e.g. `--demo`. */
  flags: string[];
  /** Chromium: with a camera that shows a test picture, and a person who allows it. `test.use({ camera: true })`. */
  camera: boolean;
  /** The test makes the content security policy block something; otherwise that fails any test. */
  breaksPolicy: boolean;
};

type AppFixtures = {
  /** A fresh folder, gone after the test. */
  folder: string;
  /** A demo ERPNext over HTTP, in this process. */
  demo: DemoServer;
  /** The app, opened in the project's host on a fresh data folder. */
  app: RunningApp;
  /** The app's window as it was opened first; after `app.restart()` use what that returns. */
  page: Page;
};

export const test = base.extend<AppOptions & AppFixtures, { display: string }>({
  hostKind: ['headless', { option: true }],
  keyStore: [false, { option: true }],
  flags: [[], { option: true }],
  camera: [false, { option: true }],
  breaksPolicy: [false, { option: true }],

  display: [
    async ({}, use, workerInfo) => {
      if (workerInfo.project.name !== 'electron' || noElectron()) return use('');
      const display = await openDisplay();
      await use(display.name);
      await display.close();
    },
    { scope: 'worker' },
  ],

  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'fieldbook-test-'));
    await use(folder);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  },

  demo: async ({}, use) => {
    const demo = await startDemoServer();
    await use(demo);
    await demo.close();
  },

  app: async ({ hostKind, keyStore, flags, camera, breaksPolicy, display, folder }, use, testInfo) => {
    const blocked: string[] = [];
    const onConsole = (text: string) => {
      if (text.includes('Content Security Policy')) blocked.push(text);
    };
    const options = { dataFolder: join(folder, 'data'), profileFolder: folder, flags, camera, onConsole };
    const app = await (hostKind === 'headless' ? openHeadless(options) : openElectron({ ...options, display, keyStore }));
    await use(app);
    if (testInfo.status !== testInfo.expectedStatus) await keepEvidence(app, testInfo);
    await app.close();
    if (!breaksPolicy) expect(blocked, 'what the content security policy blocked').toEqual([]);
  },

  page: async ({ app }, use) => use(app.page),
});

function openHeadless(options: Parameters<typeof startHeadlessApp>[0]): Promise<RunningApp> {
  test.skip(process.env['PLAYWRIGHT_CHROMIUM'] === '', 'no Chromium could be had');
  return startHeadlessApp(options);
}

function openElectron(options: Parameters<typeof startElectronApp>[0]): Promise<RunningApp> {
  const reason = noElectron();
  test.skip(reason !== null, reason ?? '');
  test.skip(options.keyStore && !process.env['FIELDBOOK_TEST_KEY_STORE'], 'no key store: dbus and gnome-keyring are missing');
  return startElectronApp(options);
}

/** The screen, the log and the terminal of a failed test, beside its report. */
async function keepEvidence(app: RunningApp, testInfo: TestInfo): Promise<void> {
  const log = join(app.dataFolder, 'logs', 'fieldbook.log');
  if (existsSync(log)) await testInfo.attach('fieldbook.log', { path: log });
  await testInfo.attach('terminal', { body: app.output(), contentType: 'text/plain' });
  // A killed app has no screen.
  await app.page.screenshot({ path: testInfo.outputPath('screen.png') }).catch(() => undefined);
  const words = await app.page
    .locator('body')
    .innerText({ timeout: 5_000 })
    .catch(() => null);
  if (words !== null) await writeFile(testInfo.outputPath('screen.txt'), words);
}
