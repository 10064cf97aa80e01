import type { LaunchOptions } from '@playwright/test';

/** How the tests' browser is started. Playwright's own switches already keep it off the network. */
export function chromiumOptions({ camera = false }: { camera?: boolean } = {}): LaunchOptions {
  const executablePath = process.env['PLAYWRIGHT_CHROMIUM'];
  const isRoot = process.getuid?.() === 0;
  return {
    ...(executablePath ? { executablePath } : {}),
    args: ['--disable-domain-reliability', '--no-pings', '--no-proxy-server', ...(camera ? fakeCamera : [])],
    chromiumSandbox: !isRoot,
  };
}

/** A camera that shows a test picture, and nobody who would have to allow it. */
const fakeCamera = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
