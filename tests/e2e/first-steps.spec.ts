import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '../support/app';

test('the first screen asks for a site, and has no accessibility violation', async ({ page }) => {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
});

test.describe('started with --demo', () => {
  test.use({ flags: ['--demo'] });

  test('the app goes straight into the demo company, and is there again after a restart', async ({ app, page }) => {
    await expect(page.getByRole('navigation').first()).toBeVisible();
    await expect(page).not.toHaveURL(/sign-in/);
    const again = await app.restart();
    await expect(again.getByRole('navigation').first()).toBeVisible();
  });
});
