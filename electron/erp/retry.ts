import { setTimeout as wait } from 'node:timers/promises';
import type { AppError } from '@shared/errors';

/** The clock and the dice of retries, passed in so that tests neither wait nor gamble. */
export type Pace = {
  /** 0 ≤ n < 1. */
  random: () => number;
  /** Waits `ms`; rejects when the signal aborts. */
  sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Ms of a clock that only goes on. */
  now?: () => number;
};

export const realPace: Pace = {
  random: Math.random,
  now: () => performance.now(),
  sleep: async (ms, signal) => {
    await wait(ms, undefined, { signal });
  },
};

const attempts = 3;
const firstWaitMs = 500;
const longestWaitMs = 10_000;

/** May the same GET pass a moment later? `offline` is left to the sync engine, which decides on connectivity. */
function mayPass(error: AppError): boolean {
  if (error.code === 'not-frappe') return [502, 503, 504].includes(error.details.status ?? 0);
  return error.code === 'lost' || error.code === 'busy' || error.code === 'try-again' || error.code === 'rate-limited';
}

/**
 * Milliseconds to wait before the attempt after number `attempt` (from 1), or null to give up: exponential back-off
 * with full jitter, never shorter than the server's `Retry-After`; a server that wants longer than 10 s is not
 * waited for here, since the caller shows it and pauses everything.
 */
export function retryWait(error: AppError, attempt: number, random: () => number): number | null {
  if (attempt >= attempts || !mayPass(error)) return null;
  const asked = (error.details.retryAfter ?? 0) * 1000;
  if (asked > longestWaitMs) return null;
  return asked + random() * Math.min(longestWaitMs, firstWaitMs * 2 ** (attempt - 1));
}
