import { test } from '../support/app';
import { expectWholeDay, playDay } from '../story/day';
import { Office } from '../story/office';

// In a browser the day is played where its screens are judged, in accessibility.headless.spec.ts.
test('a day in the field ends with the server holding exactly what was done', async ({ page }) => {
  test.setTimeout(240_000);
  const office = await Office.open({ scale: 40 });
  try {
    expectWholeDay(await playDay({ page, office, onStep: () => undefined }));
  } finally {
    await office.close();
  }
});
