import type { Page } from '@playwright/test';
import { expect, test } from '../support/app';

/** Loads the page again with a listener that is there before its first script. */
async function violationsOfLoading(page: Page): Promise<string[]> {
  await page.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(window, { violations: seen });
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) => {
      seen.push(`${violatedDirective} ${blockedURI} ${sourceFile}`);
    });
  });
  await page.reload();
  await page.waitForFunction(() => document.getElementById('app')?.hasChildNodes());
  return violations(page);
}

const violations = (page: Page): Promise<string[]> => page.evaluate(() => Reflect.get(window, 'violations') as string[]);

test('the content security policy allows no inline scripts, no eval and no foreign source', async ({ page }) => {
  const policy = await page.evaluate(async () => (await fetch('/')).headers.get('content-security-policy'));
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("style-src 'self';");
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
});

test('the app starts without breaking its own policy', async ({ page }) => {
  expect(await violationsOfLoading(page)).toEqual([]);
});

test.describe('attacked', () => {
  test.use({ breaksPolicy: true });

  test('an inline script that slipped into the page does not run, and is reported', async ({ page }) => {
    await violationsOfLoading(page);
    await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'window.ran = true';
      document.body.append(script);
    });
    await expect.poll(() => violations(page)).toHaveLength(1);
    expect(await page.evaluate(() => 'ran' in window)).toBe(false);
  });
});

test('the page is an ordinary web page: no Node, no Electron', async ({ page }) => {
  const found = await page.evaluate(() =>
    ['require', 'process', 'module', 'global', 'Buffer', '__dirname', 'electron', 'ipcRenderer'].filter((name) => name in window),
  );
  expect(found).toEqual([]);
});

test('the page is a secure context with the storage that unsent work needs', async ({ page }) => {
  const has = await page.evaluate(() => ({
    secure: isSecureContext,
    subtle: 'subtle' in crypto,
    locks: 'locks' in navigator,
    indexedDb: 'indexedDB' in window,
  }));
  expect(has).toEqual({ secure: true, subtle: true, locks: true, indexedDb: true });
});
