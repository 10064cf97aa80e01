import { Gate } from '../story/gate';
import { Office } from '../story/office';
import { ListScreen } from '../story/screens/list';
import { Shell } from '../story/screens/shell';
import { SignInScreen } from '../story/screens/sign-in';
import { expect, test } from '../support/app';

test('a download is paused and goes on in Get ready, and a long list holds only the rows on screen', async ({ page }) => {
  test.setTimeout(180_000);
  const gate = new Gate(({ pathname }) => decodeURIComponent(pathname) === '/api/resource/Sales Invoice');
  /** DocTypes whose download has begun. */
  const begun = new Set<string>();
  const office = await Office.open({
    scale: 400,
    fetch: (site) =>
      gate.guard((request) => {
        const [, doctype] = /^\/api\/resource\/([^/]+)$/.exec(decodeURIComponent(new URL(request.url).pathname)) ?? [];
        if (doctype !== undefined) begun.add(doctype);
        return site.fetch(request);
      }),
  });
  const shell = new Shell(page);
  const there = office.site.documents('Sales Order').length;
  expect(there).toBeGreaterThan(200);
  try {
    await new SignInScreen(page).signIn(office.url, office.person('field@example.com'));
    await shell.go('/get-ready');
    await gate.reached;

    await test.step('pause', async () => {
      await page.getByRole('button', { name: 'Pause', exact: true }).click();
      await expect(page.getByText('The download is paused.')).toBeVisible();
      const before = [...begun];
      expect(before).not.toContain('Sales Invoice');
      gate.open();
      await expect(page.getByRole('button', { name: 'Go on', exact: true })).toBeVisible();
      // The page that was under way may end, with its rows; nothing else begins.
      await expect.poll(() => [...begun]).toContain('Sales Invoice');
      await shell.go('/list/Sales%20Order');
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await shell.go('/get-ready');
      await expect(page.getByText('The download is paused.')).toBeVisible();
      expect([...begun].filter((doctype) => !before.includes(doctype) && !doctype.startsWith('Sales Invoice'))).toEqual([]);
      expect(before).not.toContain('Journal Entry');
    });

    await test.step('go on', async () => {
      await page.getByRole('button', { name: /^(Go on|Download changes)$/ }).click();
      await expect(page.getByText('The download is paused.')).toHaveCount(0);
      await shell.expectSync(/^Up to date/, 120_000);
      expect(begun.has('Journal Entry')).toBe(true);
    });

    await test.step('a long list', async () => {
      const list = new ListScreen(page);
      await list.open('Sales Order');
      await expect(list.count).toContainText(there.toLocaleString('en'));
      const rows = page.getByRole('grid').locator('[role=row][data-name]');
      await expect(rows.first()).toBeVisible();
      const first = await rows.first().getAttribute('data-name');
      expect(await rows.count()).toBeLessThan(100);
      await page.getByRole('grid').press('End');
      await expect(page.getByRole('grid').locator(`[role=row][aria-rowindex="${there + 1}"]`)).toBeVisible();
      expect(await rows.count()).toBeLessThan(100);
      expect(await rows.first().getAttribute('data-name')).not.toBe(first);
    });
  } finally {
    gate.open();
    await office.close();
  }
});
