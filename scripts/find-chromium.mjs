import { existsSync } from 'node:fs';
import { haveDebianPackages } from './debian.mjs';
import { onPath, runTool } from './run.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The path of a Chromium for tests, installed if need be; null where none can be had. */
export async function findChromium() {
  const named = process.env.PLAYWRIGHT_CHROMIUM;
  if (named) return named;
  const { chromium } = await import('@playwright/test');
  const own = () => (existsSync(chromium.executablePath()) ? chromium.executablePath() : null);
  const there = own() ?? firstOnPath();
  if (there) return there;
  if (await haveDebianPackages(['chromium'])) return firstOnPath();
  await runTool('@playwright/test/cli.js', ['install', 'chromium'], { timeout: 180_000 });
  return own();
}

function firstOnPath() {
  for (const name of names) {
    const path = onPath(name);
    if (path) return path;
  }
  return null;
}
