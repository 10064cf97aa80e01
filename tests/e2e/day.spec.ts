import { expect, test } from '../support/app';
import { playDay } from '../story/day';
import { Office } from '../story/office';

test('a day in the field ends with the server holding exactly what was done', async ({ page }) => {
  test.setTimeout(240_000);
  const office = await Office.open({ scale: 40 });
  try {
    const { reckoning, complaints } = await playDay({ page, office, onStep: () => undefined });
    expect(complaints).toEqual([]);
    expect(reckoning).toMatchObject({
      offlineChanges: 7,
      reconciled: 7,
      attachments: 2,
      lost: 0,
      duplicated: 0,
      overwritten: 0,
      needsYou: 1,
    });
    expect(reckoning.downloaded).toBeGreaterThan(1000);
  } finally {
    await office.close();
  }
});
