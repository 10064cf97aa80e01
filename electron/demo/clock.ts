/**
 * The site's time: naive strings in its time zone. `stamp` never gives the same value twice and never goes back,
 * not even under a frozen clock, as `modified` with microseconds behaves on a real site.
 */
export type SiteClock = {
  /** `YYYY-MM-DD HH:MM:SS.ffffff`, later than every stamp before. */
  stamp(): string;
  /** The stamp that a save at this time (ms since the epoch) would have got; for documents of the past. */
  stampAt(ms: number): string;
  /** `YYYY-MM-DD`, so many days from today. */
  date(days?: number): string;
  now(): number;
  timeZone: string;
};

const pad = (value: number, width = 2): string => String(value).padStart(width, '0');

export function createClock(now: () => number, timeZone: string): SiteClock {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  const offsets = new Map<number, number>();
  // An offset changes on a quarter of an hour at most; Intl is slow, so it is asked once for each.
  const offsetAt = (ms: number): number => {
    const quarter = Math.floor(ms / 900_000);
    const known = offsets.get(quarter);
    if (known !== undefined) return known;
    const at = quarter * 900_000;
    const part = Object.fromEntries(parts.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const local = Date.UTC(part['year'] ?? 0, (part['month'] ?? 1) - 1, part['day'], part['hour'], part['minute'], part['second']);
    offsets.set(quarter, local - at);
    return local - at;
  };
  const format = (micros: number): string => {
    const ms = Math.floor(micros / 1000);
    const local = new Date(ms + offsetAt(ms));
    const day = `${local.getUTCFullYear()}-${pad(local.getUTCMonth() + 1)}-${pad(local.getUTCDate())}`;
    const time = `${pad(local.getUTCHours())}:${pad(local.getUTCMinutes())}:${pad(local.getUTCSeconds())}`;
    return `${day} ${time}.${pad(local.getUTCMilliseconds() * 1000 + (micros % 1000), 6)}`;
  };
  let last = 0;
  let stamps = 0;
  return {
    stamp() {
      stamps += 1;
      last = Math.max(Math.floor(now()) * 1000 + ((stamps * 137) % 1000), last + 137);
      return format(last);
    },
    stampAt: (ms) => format(Math.floor(ms * 1000)),
    date: (days = 0) => format((Math.floor(now()) + days * 86_400_000) * 1000).slice(0, 10),
    now,
    timeZone,
  };
}

/** `date` (YYYY-MM-DD) and so many days later or, if negative, earlier. */
export const addDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
