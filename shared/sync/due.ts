export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/**
 * Is it time again? `last` (ms) lies in the past unless the clock of this device was set back since: then nobody knows
 * how long ago it was, and it counts as due.
 */
export const isDue = (last: number, now: number, everyMs: number): boolean => last > now || now - last >= everyMs;
