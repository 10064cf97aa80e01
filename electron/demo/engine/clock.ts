/** The site's time: naive strings in its time zone. */
export type SiteClock = ReturnType<typeof createClock>;

/** `now` gives milliseconds since the epoch, `timeZone` is an IANA name. */
export function createClock(now: () => number, timeZone: string) {
  // Sweden writes dates as Frappe does.
  const local = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  const offsets = new Map<number, number>();
  // An offset changes on a quarter of an hour at most; Intl is slow, so it is asked once for each.
  const offsetAt = (ms: number): number => {
    const at = Math.floor(ms / 900_000) * 900_000;
    const offset = offsets.get(at) ?? Date.parse(`${local.format(at).replace(' ', 'T')}Z`) - at;
    offsets.set(at, offset);
    return offset;
  };
  const format = (micros: number): string => {
    const ms = Math.floor(micros / 1000);
    return new Date(ms + offsetAt(ms))
      .toISOString()
      .replace('T', ' ')
      .replace('Z', String(micros % 1000).padStart(3, '0'));
  };
  let last = 0;
  let stamps = 0;
  return {
    /**
     * `YYYY-MM-DD HH:MM:SS.ffffff`, later than every stamp before: it never repeats and never goes back, not even under a
     * frozen clock, as `modified` with microseconds behaves on a real site.
     */
    stamp(): string {
      stamps += 1;
      last = Math.max(Math.floor(now()) * 1000 + ((stamps * 137) % 1000), last + 137);
      return format(last);
    },
    /** The stamp that a save at this time (ms since the epoch) would have got; for documents of the past. */
    stampAt: (ms: number): string => format(Math.floor(ms * 1000)),
    /** Today as `YYYY-MM-DD`. */
    date: (): string => format(Math.floor(now()) * 1000).slice(0, 10),
    now,
    timeZone,
  };
}
