import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from '../support/app';
import { expectWholeDay } from '../story/day';
import { inBothSchemes } from '../story/picture';
import { seeTheSideRooms } from '../story/side-rooms';
import { seeTheDay } from '../story/sights';

/** The list of a combobox stands at the end of the page, outside of every landmark, and belongs to its field all the same. */
const isNoPopup = ({ id, nodes }: { id: string; nodes: { html: string }[] }): boolean =>
  id !== 'region' || nodes.some(({ html }) => !html.includes('el-select-dropdown'));

/** Judges each screen that it is shown in both colour schemes, and notes that it was seen. */
const judging = (page: Page, seen: string[]) => (sight: string) =>
  inBothSchemes(page, async (scheme) => {
    // Only colours are different in the dark. What is in order is not written up, and no style sheet is fetched once more.
    const runOnly = scheme === 'dark' ? { runOnly: { type: 'rule' as const, values: ['color-contrast'] } } : {};
    const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'], preload: false, ...runOnly });
    const { violations } = await axe.analyze();
    seen.push(`${sight}, ${scheme}`);
    const found = violations.filter(isNoPopup).map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
    expect.soft(found, `${sight}, ${scheme}`).toEqual([]);
  });

test('a day in the field ends as it must, and none of its screens has an accessibility violation, light or dark', async ({ page }) => {
  test.setTimeout(300_000);
  const seen: string[] = [];
  expectWholeDay(await seeTheDay({ page, look: judging(page, seen), scale: 40 }));
  expect(seen.length).toBeGreaterThanOrEqual(30);
});

test('neither has a screen that a usual day does not come to', async ({ page }) => {
  test.setTimeout(240_000);
  const seen: string[] = [];
  await seeTheSideRooms({ page, look: judging(page, seen) });
  expect(seen).toHaveLength(18);
});
