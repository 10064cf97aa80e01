/** Shortest and longest ceiling of a wait between attempts. */
const firstMs = 2_000;
export const longestWaitMs = 5 * 60_000;

/** The longest that a device waits which hears that its network is back (ms), and the part of the time that it was away. */
const comingBack = { longestMs: 15_000, part: 0.1 };

/**
 * Milliseconds until a device looks whether the server is there, once it hears that its network is back after `awayMs`: others hear
 * it in the same moment, and the more of them the longer it was gone. `random` is in [0, 1).
 */
export const afterAway = (awayMs: number, random: number): number =>
  Math.round(random * Math.min(comingBack.longestMs, Math.max(0, awayMs) * comingBack.part));

/**
 * Milliseconds to wait before attempt `attempts + 1`: full jitter under a ceiling that doubles, at most five minutes,
 * so that a hundred devices that come back at once do not come in step. `random` is in [0, 1).
 * A wait that the server asked for (`retryAfter`, seconds) is a floor, with jitter on top.
 */
export function backOff(attempts: number, random: number, retryAfter?: number): number {
  const ceiling = Math.min(longestWaitMs, firstMs * 2 ** Math.min(attempts, 20));
  const wait = Math.round(random * ceiling);
  return retryAfter === undefined ? wait : retryAfter * 1000 + Math.round(random * Math.min(ceiling, retryAfter * 100));
}
