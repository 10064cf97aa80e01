import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { startHeadlessApp } from '../support/headless-app';
import { inBothSchemes, nameTheSite } from './picture';
import { seeTheDay } from './sights';

/** Screens of the day that are kept as pictures, in the order of the user guide. */
const kept = [
  'sign-in',
  'get-ready-downloading',
  'get-ready',
  'list',
  'search',
  'document',
  'new-order',
  'attachments',
  'waiting',
  'conflict',
  'done',
  'settings',
  'list-narrow',
  'document-narrow',
  'export',
  'connection',
  'offline',
];

/**
 * Takes the pictures of the day into `folder`, light and dark, `01-sign-in-light.png` and so on.
 * Resolves to the exit code.
 */
export async function tour(folder: string, print: (line: string) => void): Promise<number> {
  const own = await mkdtemp(join(tmpdir(), 'fieldbook-tour-'));
  const app = await startHeadlessApp({ dataFolder: join(own, 'data'), profileFolder: own, flags: [] });
  const { page } = app;
  try {
    await keepStorage(page);
    const { complaints } = await seeTheDay({
      page,
      look: async (sight) => {
        const number = kept.indexOf(sight) + 1;
        if (number === 0) return;
        await page.mouse.move(0, 0); // nothing is hovered
        await inBothSchemes(page, async (scheme) => {
          await nameTheSite(page);
          const name = `${String(number).padStart(2, '0')}-${sight}-${scheme}.png`;
          await page.screenshot({ path: join(folder, name), animations: 'disabled', scale: 'css' });
          print(name);
        });
      },
    });
    for (const complaint of complaints) print(`! ${complaint}`);
    return complaints.length === 0 ? 0 : 1;
  } finally {
    await app.close();
    await rm(own, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** A browser asks people whether a site may keep its data for good, or decides by itself; Electron lets Fieldbook. */
async function keepStorage(page: Page): Promise<void> {
  const browser = await page.context().newCDPSession(page);
  await browser.send('Browser.grantPermissions', { permissions: ['durableStorage'] });
  await page.evaluate(() => navigator.storage.persist());
}
