import type { Bucket } from './ring';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** `left`: how many requests more; `goesOnAt` (ms): null while there are any. */
export type Budget = { limit: number; used: number; left: number; goesOnAt: number | null };

/** A tenth of the budget has to be free before sync goes on: it would else stop again after each request. */
const freeAgain = (limit: number): number => Math.max(1, Math.ceil(limit / 10));

/**
 * How a budget of `limit` requests in any hour stands, by all that was asked, minute by minute, oldest first. Everything
 * counts, as it does for the server; what a person waits for is asked all the same.
 */
export function budgetOf(limit: number, minutes: readonly Bucket[], now: number): Budget {
  const counts = minutes
    .filter(({ at }) => at <= now && leaves(at) > now)
    .map(({ at, by }) => ({ at, requests: Object.values(by).reduce((sum, { requests }) => sum + requests, 0) }));
  const used = counts.reduce((sum, { requests }) => sum + requests, 0);
  const left = Math.max(0, limit - used);
  return { limit, used, left, goesOnAt: left > 0 ? null : goesOnAt(counts, used - limit + freeAgain(limit), now) };
}

/** When so many of the requests are older than an hour. */
function goesOnAt(counts: readonly { at: number; requests: number }[], wanted: number, now: number): number {
  let free = 0;
  for (const { at, requests } of counts) {
    free += requests;
    if (free >= wanted) return leaves(at);
  }
  return now + hourMs;
}

/** When the last request of a minute is an hour old. */
const leaves = (at: number): number => at + minuteMs + hourMs;
