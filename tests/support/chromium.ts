import type { LaunchOptions } from '@playwright/test';

/** How the tests' browser is started. Playwright's own switches already keep it off the network. */
export function chromiumOptions(): LaunchOptions {
  const executablePath = process.env['PLAYWRIGHT_CHROMIUM'];
  const isRoot = process.getuid?.() === 0;
  return {
    ...(executablePath ? { executablePath } : {}),
    args: ['--disable-domain-reliability', '--no-pings', '--no-proxy-server'],
    chromiumSandbox: !isRoot,
  };
}
