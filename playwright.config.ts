import { defineConfig } from '@playwright/test';
import type { AppOptions } from './tests/support/app';

/** `npm run test:all`: everything, and what one host shows well enough in the other one too. */
const long = process.env['FIELDBOOK_LONG'] === 'yes';

/** Left to `npm run test:all`, so that `npm test` stays under ten minutes. Named on the command line they run. */
const longOnly = [
  'accessibility.headless',
  'api.headless',
  'at-rest',
  'bulk.headless',
  'cards.headless',
  'carry.headless',
  'decisions.headless',
  'environment.headless',
  'fieldtypes.headless',
  'fifty-files',
  'files-in.headless',
  'files-out.headless',
  'files-read',
  'insights.headless',
  'item-rows.headless',
  'kinds.headless',
  'life.headless',
  'links.headless',
  'list-filters.headless',
  'live.electron',
  'live.headless',
  'long-list.headless',
  'look-on-server.headless',
  'marker-field.headless',
  'narrow.headless',
  'pdf',
  'packaged.electron',
  'persist.headless',
  'print.headless',
  'remove-account.headless',
  'profile.headless',
  'right-to-left.headless',
  'safety-copy.headless',
  'scan.headless',
  'search.headless',
  'sign-in',
  'sign-in.electron',
  'sign-in-screens.headless',
  'sign-in-ways',
  'site-facts.headless',
  'system.electron',
  'time-window.headless',
  'two-windows.headless',
  'webhooks.headless',
].map((name) => `**/${name}.spec.ts`);
const named = process.argv.some((argument) => argument.includes('.spec.ts'));
const left = long || named ? [] : longOnly;

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
    { name: 'chromium', testIgnore: ['**/*.electron.spec.ts', ...left], use: { hostKind: 'headless' } },
    {
      name: 'electron',
      testIgnore: ['**/*.headless.spec.ts', ...(long ? [] : ['**/ten-doctypes.spec.ts']), ...left],
      use: { hostKind: 'electron' },
    },
  ],
});
