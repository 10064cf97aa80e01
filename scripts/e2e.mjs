import { fileURLToPath } from 'node:url';
import { build } from './build.mjs';
import { findChromium } from './find-chromium.mjs';
import { findElectronForTests } from './find-electron-for-tests.mjs';
import { runTool } from './run.mjs';
import { setup } from './setup.mjs';

/** Builds the app and finds or installs what it is tested in, as environment variables; null when there is no build. */
export async function prepare() {
  const chromium = await findChromium();
  const { electron, hasKeyStore, reason } = await findElectronForTests();
  if (!(await build())) return null;
  if (electron?.old && !(await build('electron22'))) return null;
  return {
    PLAYWRIGHT_CHROMIUM: chromium ?? '',
    FIELDBOOK_TEST_ELECTRON: electron?.path ?? '',
    FIELDBOOK_TEST_BUILD: electron?.old ? 'out-electron22' : '.',
    FIELDBOOK_TEST_KEY_STORE: hasKeyStore ? 'yes' : '',
    FIELDBOOK_NO_ELECTRON: reason ?? '',
  };
}

/**
 * Runs the end-to-end tests with a browser and an Electron that it finds or installs; arguments go to Playwright.
 * Resolves to its exit code, or null when there is no build to test.
 */
export async function e2e(args = [], env = {}, preparing = prepare()) {
  const prepared = await preparing;
  return prepared === null ? null : runTool('@playwright/test/cli.js', ['test', ...args], { env: { ...env, ...prepared } });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await setup();
  process.exit((await e2e(process.argv.slice(2))) ?? 1);
}
