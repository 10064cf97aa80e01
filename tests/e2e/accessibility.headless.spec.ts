import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '../support/app';
import { inBothSchemes } from '../story/picture';
import { seeTheDay } from '../story/sights';

test('no screen of the day has an accessibility violation, light or dark', async ({ page }) => {
  test.setTimeout(300_000);
  const seen: string[] = [];
  const complaints = await seeTheDay({
    page,
    look: (sight) =>
      inBothSchemes(page, async (scheme) => {
        // Only colours are different in the dark.
        const axe = new AxeBuilder({ page }).setLegacyMode();
        const { violations } = await (scheme === 'dark' ? axe.withRules(['color-contrast']) : axe).analyze();
        seen.push(`${sight}, ${scheme}`);
        const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
        expect.soft(found, `${sight}, ${scheme}`).toEqual([]);
      }),
  });
  expect(complaints).toEqual([]);
  expect(seen.length).toBeGreaterThanOrEqual(30);
});
