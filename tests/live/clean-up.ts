import { writeFileSync } from 'node:fs';
import { afterAll } from 'vitest';
import { forgetParty } from './documents';
import { openedLive } from './live';

/** After each file: what it made goes; what stays so far is passed on to be listed at the end of the run. */
afterAll(async () => {
  const opening = openedLive();
  const live = opening === null ? null : await opening.catch(() => null);
  if (live === null) return;
  const left = await live.made.cleanUp(live);
  await forgetParty(live, left);
  const list = process.env['FIELDBOOK_LIVE_LEFTOVERS'];
  if (list !== undefined) writeFileSync(list, JSON.stringify(left));
});
