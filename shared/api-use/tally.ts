import { z } from 'zod';

const count = z.number().int().min(0);

/**
 * What was asked of one endpoint in a span of time. `retried`: of the requests, those that repeated one which had failed. Bytes
 * of bodies: `sent` and `received`. `times`: how many answers began within each step of `latency.ts`.
 */
export const tallySchema = z.object({
  requests: count,
  failed: count,
  retried: count,
  sent: count,
  received: count,
  times: z.record(z.string(), count),
});

export type Tally = z.infer<typeof tallySchema>;

export const emptyTally = (): Tally => ({ requests: 0, failed: 0, retried: 0, sent: 0, received: 0, times: {} });

export function sum(tallies: readonly Tally[]): Tally {
  const all = emptyTally();
  for (const one of tallies) {
    for (const name of ['requests', 'failed', 'retried', 'sent', 'received'] as const) all[name] += one[name];
    for (const [step, n] of Object.entries(one.times)) all.times[step] = (all.times[step] ?? 0) + n;
  }
  return all;
}
