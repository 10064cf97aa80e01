import { defineConfig } from '@playwright/test';
import type { AppOptions } from './tests/support/app';

/** `npm run test:all`: what one host shows well enough is shown in the other one too. */
const long = process.env['FIELDBOOK_LONG'] === 'yes';

/**
 * One suite, two hosts. `name.spec.ts` runs in both; `name.headless.spec.ts` and `name.electron.spec.ts` in one.
 * `npm run e2e` finds or installs the browser and the Electron, and hands arguments on to Playwright.
 */
export default defineConfig<AppOptions>({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  forbidOnly: Boolean(process.env['CI']),
  reporter: 'list',
  projects: [
    { name: 'chromium', testIgnore: '**/*.electron.spec.ts', use: { hostKind: 'headless' } },
    {
      name: 'electron',
      testIgnore: ['**/*.headless.spec.ts', ...(long ? [] : ['**/ten-doctypes.spec.ts'])],
      use: { hostKind: 'electron' },
    },
  ],
});
