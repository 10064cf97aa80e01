import { z } from 'zod';
import { emptyTally, sum, tallySchema } from './tally';
import type { Tally } from './tally';
import { stepOf } from './latency';

const minuteMs = 60_000;
const quarterMs = 15 * minuteMs;

/** `at`: when it begins (ms). By `endpointKey`. */
const bucketSchema = z.object({ at: z.number(), by: z.record(z.string(), tallySchema) });
export type Bucket = z.infer<typeof bucketSchema>;

/** What an account asked: by the minute for an hour, by the quarter of an hour for a day. Bounded, whatever is asked. */
export const ringSchema = z.object({ minutes: z.array(bucketSchema), quarters: z.array(bucketSchema) });
export type Ring = z.infer<typeof ringSchema>;

export const emptyRing = (): Ring => ({ minutes: [], quarters: [] });

/** One more than an hour of them: a minute belongs to the last hour until all of it is older. */
export const spans = { hour: { of: 'minutes', each: minuteMs, many: 61 }, day: { of: 'quarters', each: quarterMs, many: 97 } } as const;
export type Span = keyof typeof spans;

/** What one request adds. `ms`: until its answer began. */
export type Change = Partial<Omit<Tally, 'times'>> & { ms?: number };

/** More endpoints in one bucket than this are counted together. */
const mostEndpoints = 120;

/** The ring with a change at a moment (ms); what is too old is left out, and what a clock that was set back left in the future. */
export function counted(ring: Ring, at: number, key: string, change: Change): Ring {
  return {
    minutes: into(ring.minutes, at, key, change, spans.hour),
    quarters: into(ring.quarters, at, key, change, spans.day),
  };
}

function into(buckets: readonly Bucket[], at: number, key: string, change: Change, span: { each: number; many: number }): Bucket[] {
  const start = Math.floor(at / span.each) * span.each;
  const kept = buckets.filter((bucket) => bucket.at <= start && bucket.at > start - span.many * span.each);
  const open = kept.at(-1);
  const now = open?.at === start ? open : { at: start, by: {} };
  const under = key in now.by || Object.keys(now.by).length < mostEndpoints ? key : 'other:';
  const changed = { at: start, by: { ...now.by, [under]: added(now.by[under] ?? emptyTally(), change) } };
  return [...kept.filter((bucket) => bucket !== now), changed];
}

function added(tally: Tally, { ms, ...counts }: Change): Tally {
  const times = ms === undefined ? {} : { [String(stepOf(ms))]: 1 };
  return sum([tally, { ...emptyTally(), ...counts, times }]);
}

/** The buckets of the last hour or day, oldest first; minutes in which nothing was asked are missing. */
export function within(ring: Ring, span: Span, now: number): Bucket[] {
  const { of, each, many } = spans[span];
  const start = Math.floor(now / each) * each;
  return ring[of].filter(({ at }) => at <= start && at > start - many * each);
}
