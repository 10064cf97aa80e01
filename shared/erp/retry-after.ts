/**
 * Seconds that a `Retry-After` asks to wait: a number, or a date read against the answer's own `Date`,
 * since this device's clock may be wrong. Null where there is none that can be read.
 */
export function retryAfterSeconds(header: string | null, date: string | null): number | null {
  if (header === null || header.trim() === '') return null;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds);
  const until = Date.parse(header);
  const now = date === null ? Number.NaN : Date.parse(date);
  return Number.isFinite(until - now) ? Math.max(0, Math.ceil((until - now) / 1000)) : null;
}
