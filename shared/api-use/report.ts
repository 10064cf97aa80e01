import { endpointOfKey } from './endpoint';
import type { Endpoint } from './endpoint';
import { percentile } from './latency';
import { spans, within } from './ring';
import type { Ring, Span } from './ring';
import { sum } from './tally';
import type { Tally } from './tally';

/** A tally as people read it: the half and the 95 % of answers that began fastest, in ms. */
export type Figures = Omit<Tally, 'times'> & { median: number | null; p95: number | null };

/** What was asked in the last hour or day. `points`: one each minute or quarter of an hour, oldest first, the empty ones too. */
export type UseReport = {
  span: Span;
  total: Figures;
  points: (Figures & { at: number })[];
  /** The busiest first. */
  endpoints: (Figures & { endpoint: Endpoint })[];
};

export function useReport(ring: Ring, span: Span, now: number): UseReport {
  const buckets = within(ring, span, now);
  const { each, many } = spans[span];
  const last = Math.floor(now / each) * each;
  const all = (at: number): Tally => sum(buckets.filter((bucket) => bucket.at === at).flatMap(({ by }) => Object.values(by)));
  const points = Array.from({ length: many }, (_, back) => last - (many - 1 - back) * each);
  const keys = [...new Set(buckets.flatMap(({ by }) => Object.keys(by)))];
  const of = (key: string): Tally => sum(buckets.flatMap(({ by }) => by[key] ?? []));
  return {
    span,
    total: figures(sum(keys.map(of))),
    points: points.map((at) => ({ at, ...figures(all(at)) })),
    endpoints: keys
      .map((key) => ({ endpoint: endpointOfKey(key), ...figures(of(key)) }))
      .sort((a, b) => b.requests - a.requests || a.endpoint.name.localeCompare(b.endpoint.name)),
  };
}

const figures = ({ times, ...counts }: Tally): Figures => ({
  ...counts,
  median: percentile(times, 0.5),
  p95: percentile(times, 0.95),
});
