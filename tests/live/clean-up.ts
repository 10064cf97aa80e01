import { appendFileSync } from 'node:fs';
import { afterAll } from 'vitest';
import { forgetParty } from './documents';
import { openedLive } from './live';

/** After each file: what it made goes; what may not be deleted is passed on to be listed at the end of the run. */
afterAll(async () => {
  const live = await openedLive()?.catch(() => null);
  if (live === null || live === undefined) return;
  const left = await live.made.cleanUp(live);
  forgetParty(live);
  const list = process.env['FIELDBOOK_LIVE_LEFTOVERS'];
  if (list !== undefined) for (const one of left) appendFileSync(list, `${JSON.stringify(one)}\n`);
});
