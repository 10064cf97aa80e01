import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { siteName } from './sights';

export type Scheme = 'light' | 'dark';

/** Shows the page in one colour scheme after the other, as the system's setting would, and returns to the first. */
export async function inBothSchemes(page: Page, look: (scheme: Scheme) => Promise<void>): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expect(page.locator('html')).toHaveClass(colorScheme === 'dark' ? /\bdark\b/ : /^(?!.*\bdark\b)/);
    await page.evaluate(() => document.fonts.ready.then(() => new Promise(requestAnimationFrame)));
    await look(colorScheme);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

/** Shows the site under the name of a company's, instead of this machine's address with the port of the day. */
export async function nameTheSite(page: Page): Promise<void> {
  await page.evaluate((name) => {
    const local = /(https?:\/\/)?127\.0\.0\.1:\d+/g;
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const shown = node.nodeValue ?? '';
      const renamed = shown.replace(local, `https://${name}`);
      if (renamed !== shown) node.nodeValue = renamed;
    }
  }, siteName);
}
