/** Milliseconds by which a clock may be off and nobody needs to know: an answer takes its time, and `Date` counts seconds. */
const near = 5 * 60_000;

/**
 * How far this device's clock is from the server's (ms; positive: ahead), told from an answer's `Date` header at the
 * moment in which it comes. Null where that is near enough, or the header says nothing.
 */
export function clockOff(now: number, date: string): number | null {
  const off = now - Date.parse(date);
  return Math.abs(off) > near ? off : null;
}
