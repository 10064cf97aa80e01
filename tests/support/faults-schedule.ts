import type { Fault, Schedule } from './faults';

export type Match = { method?: string; path?: string | RegExp };

const matches = (request: Request, { method, path }: Match): boolean => {
  const at = decodeURIComponent(new URL(request.url).pathname);
  return (
    (method === undefined || request.method === method) &&
    (path === undefined || (typeof path === 'string' ? at.startsWith(path) : path.test(at)))
  );
};

/** Nothing goes wrong. */
export const calm: Schedule = () => undefined;

/** The fault befalls the first requests that match, so many of them, and no other. */
export function times(count: number, match: Match, fault: Fault): Schedule {
  let left = count;
  return (request) => {
    if (left === 0 || !matches(request, match)) return undefined;
    left -= 1;
    return fault;
  };
}

export const once = (match: Match, fault: Fault): Schedule => times(1, match, fault);

/** The first schedule that has a fault for the request decides. */
export function together(...schedules: Schedule[]): Schedule {
  return (request, index) => {
    for (const schedule of schedules) {
      const fault = schedule(request, index);
      if (fault !== undefined) return fault;
    }
    return undefined;
  };
}

/** A fault for a share of all requests, chosen by `next` (0 ≤ value < 1), which is seeded. */
export const seeded = (next: () => number, share: number, faults: readonly Fault[]): Schedule => {
  return () => (next() < share ? faults[Math.floor(next() * faults.length)] : undefined);
};

/** A schedule that a test changes as it goes: `switch.now = once(…)`. */
export function switchable(): { schedule: Schedule; now: Schedule } {
  const held = { now: calm, schedule: (request: Request, index: number) => held.now(request, index) };
  return held;
}
