import type { Page } from '@playwright/test';
import { Office } from '../story/office';
import { DocumentScreen } from '../story/screens/document';
import { Shell } from '../story/screens/shell';
import { SignInScreen } from '../story/screens/sign-in';
import { expect, test } from '../support/app';

/** How many hold the lock that lets an engine run, and how many wait for it. */
const engines = (page: Page) =>
  page.evaluate(async () => {
    const { held = [], pending = [] } = await navigator.locks.query();
    const count = (locks: LockInfo[]) => locks.filter(({ name }) => name?.startsWith('fieldbook-engine-')).length;
    return { running: count(held), waiting: count(pending) };
  });

test('of two windows one syncs for both, and the other goes on when it is closed', async ({ page }) => {
  test.setTimeout(150_000);
  const creates: string[] = [];
  const office = await Office.open({
    scale: 8,
    fetch: (site) => (request) => {
      if (request.method === 'POST') creates.push(new URL(request.url).pathname);
      return site.fetch(request);
    },
  });
  const made = (name: string) => office.site.documents('Customer').filter((doc) => doc['customer_name'] === name).length;
  const makeIn = async (window: Page, name: string): Promise<void> => {
    await new Shell(window).go('/new/Customer');
    const form = new DocumentScreen(window);
    await form.type('customer_name', name);
    await form.save();
  };
  try {
    await new SignInScreen(page).signIn(office.url, office.person('field@example.com'));
    await new Shell(page).expectSync(/^Up to date/, 60_000);
    const other = await page.context().newPage();
    await other.goto(page.url());
    await new Shell(other).expectSync(/^Up to date/);
    await expect.poll(() => engines(page)).toEqual({ running: 1, waiting: 1 });

    await makeIn(page, 'First Window Ltd');
    await makeIn(other, 'Second Window Ltd');
    await expect.poll(() => [made('First Window Ltd'), made('Second Window Ltd')], { timeout: 30_000 }).toEqual([1, 1]);
    await new Shell(page).expectSync(/^Up to date/);
    await new Shell(other).expectSync(/^Up to date/);

    await page.close();
    await expect.poll(() => engines(other)).toEqual({ running: 1, waiting: 0 });
    await makeIn(other, 'Left Alone Ltd');
    await expect.poll(() => made('Left Alone Ltd'), { timeout: 30_000 }).toBe(1);
    await new Shell(other).expectSync(/^Up to date/);
    expect(creates.filter((path) => path === '/api/resource/Customer')).toHaveLength(3);
  } finally {
    await office.close();
  }
});
