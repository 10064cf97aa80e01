/**
 * Times as the site writes them: naive strings in its own time zone. Used only as lower bounds with a wide margin, and
 * for dates that a person's day decides; never to compute with a `modified`.
 */

/** `2026-11-22 21:52:36` in the given IANA time zone; an unknown zone counts as UTC. */
export function siteTime(at: number, timeZone: string): string {
  const parts = new Map(
    formatter(timeZone)
      .formatToParts(new Date(at))
      .map((part) => [part.type, part.value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '00';
  return `${part('year')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')}:${part('second')}`;
}

/** The larger of a day-light saving step and a wrong zone's smallest harm, plus the clock of a slow server. */
const marginMs = 65 * 60_000;

/**
 * A `creation` that nothing made after the given HTTP `Date` can lie before, in site time; null where no server time
 * is known, which means that there is no lower bound.
 */
export function baselineOf(date: string | null, timeZone: string): string | null {
  const at = date === null ? Number.NaN : Date.parse(date);
  return Number.isNaN(at) ? null : siteTime(at - marginMs, timeZone);
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known !== undefined) return known;
  const made = build(timeZone);
  formatters.set(timeZone, made);
  return made;
}

function build(timeZone: string): Intl.DateTimeFormat {
  const options = {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  } as const;
  try {
    return new Intl.DateTimeFormat('en-CA', { ...options, timeZone });
  } catch {
    return new Intl.DateTimeFormat('en-CA', { ...options, timeZone: 'UTC' });
  }
}
