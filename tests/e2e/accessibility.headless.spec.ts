import { expect, test } from '../support/app';
import { expectWholeDay } from '../story/day';
import { judging } from '../story/judging';
import { seeTheSideRooms } from '../story/side-rooms';
import { seeTheDay } from '../story/sights';

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
