import { scopeKey, windowStart } from '../sync/profile';
import type { ProfileEntry } from '../sync/profile';

/** Where the download of a DocType stands, as far as it matters here: when it was whole and compared last (ms), and for which filters. */
export type Downloaded = { completedAt: number | null; sweptAt: number | null; filters: string };

/** What a device leaves out of a DocType by choice: what a filter does not match, or all before `since` (`YYYY-MM-DD`), a date of `field`. */
export type LeftOut = { by: 'filter' } | { by: 'window'; since: string; field: string };

/** What this device keeps of a DocType: nothing by choice; nothing yet; or all but what is left out, as of a moment (ms). */
export type Keeping = { kept: 'no' } | { kept: 'coming' } | { kept: 'yes'; asOf: number; leftOut: LeftOut | null };

/** `entry`: of the profile, where it is in there. `today`: the site's date. */
export function keepingOf(entry: ProfileEntry | undefined, downloaded: Downloaded | undefined, today: string): Keeping {
  if (entry === undefined) return { kept: 'no' };
  // Under other filters before: what they left out is not here yet.
  if (downloaded === undefined || downloaded.completedAt === null || downloaded.filters !== scopeKey(entry)) return { kept: 'coming' };
  return { kept: 'yes', asOf: Math.max(downloaded.completedAt, downloaded.sweptAt ?? 0), leftOut: leftOutOf(entry, today) };
}

function leftOutOf(entry: ProfileEntry, today: string): LeftOut | null {
  if (entry.filters.length > 0) return { by: 'filter' };
  return entry.window == null ? null : { by: 'window', since: windowStart(entry.window, today), field: entry.window.field };
}
