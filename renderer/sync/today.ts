import { siteTime } from '@shared/sync/site-time';
import type { Site } from './site';

/**
 * The site's date, `YYYY-MM-DD`, by the server's clock where it is known: this device's may be wrong by a year. Of this
 * device's clock only the time since the server told its own is used.
 */
export function todayOf({ watch, facts, now }: Pick<Site, 'watch' | 'facts' | 'now'>): string {
  const told = watch.lastDate === null ? Number.NaN : Date.parse(watch.lastDate);
  const at = Number.isNaN(told) ? now() : told + Math.max(0, now() - (watch.lastContact ?? now()));
  return siteTime(at, facts.timeZone).slice(0, 10);
}
