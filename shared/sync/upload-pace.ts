/** So many bytes of an upload had been sent at a moment (ms). */
export type Sent = { at: number; bytes: number };

/** Moments further back than this (ms) do not tell how fast it goes now. */
const window = 8_000;
/** Less than this (ms) tells nothing yet. */
const shortest = 1_000;

/** The moments that still count, with one more. One that has less than the last begins a new attempt. */
export function withSent(before: readonly Sent[], now: Sent): Sent[] {
  const last = before.at(-1);
  if (last !== undefined && now.bytes < last.bytes) return [now];
  return [...before.filter(({ at }) => now.at - at <= window), now];
}

/** `speed` in bytes a second, `left` in ms until `total` bytes are sent. Null while that cannot be told, or nothing moves. `now` in ms. */
export function paceOf(sent: readonly Sent[], total: number, now: number): { speed: number; left: number } | null {
  const [first, last] = [sent[0], sent.at(-1)];
  if (first === undefined || last === undefined || last.at - first.at < shortest || last.bytes <= first.bytes) return null;
  if (now - last.at > window) return null;
  const speed = ((last.bytes - first.bytes) * 1000) / (last.at - first.at);
  return { speed, left: (Math.max(0, total - last.bytes) * 1000) / speed };
}
