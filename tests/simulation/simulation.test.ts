import { expect, it } from 'vitest';
import { simulate } from './simulate';

/** A new seed each time, printed; `SIMULATE_SEED` replays one. */
const seed = Number(process.env['SIMULATE_SEED'] ?? Math.floor(Math.random() * 1e9));
const runs = Number(process.env['SIMULATE_RUNS'] ?? 20);

it(
  `keeps every promise through faults, crashes and other people (${runs} runs from seed ${seed})`,
  { timeout: Math.max(600_000, runs * 5_000) },
  async () => {
    const summary = await simulate({
      runs,
      seed,
      report: ({ seed: failed, violations, story }) => console.error([`seed ${failed}:`, ...violations, ...story].join('\n  ')),
    });
    console.info(
      `${summary.runs} runs, ${summary.violations} violations, ${summary.crashes} crashes injected, ${summary.faults} faults injected`,
    );
    expect(summary.failed.map(({ seed: failed, violations }) => ({ seed: failed, violations }))).toEqual([]);
  },
);
