import { NeverAtRest } from '../../support/virtual-time';
import { simulateOne } from '../simulate';

/** `runs`: how many seeds were tried; `seed`: the last of them; `stuck`: the last goes on without end, and its thread with it. */
export type Hunt = { runs: number; seed: number; violation: string | null; stuck: boolean };

/** Runs one seed after another until a promise is broken. What a run throws broke one too. */
export async function hunt(seeds: readonly number[]): Promise<Hunt> {
  let runs = 0;
  for (const seed of seeds) {
    runs += 1;
    const found = await firstViolation(seed);
    if (found.violation !== null) return { runs, seed, ...found };
  }
  return { runs, seed: seeds.at(-1) ?? 0, violation: null, stuck: false };
}

async function firstViolation(seed: number): Promise<Pick<Hunt, 'violation' | 'stuck'>> {
  try {
    return { violation: (await simulateOne(seed)).violations[0] ?? null, stuck: false };
  } catch (thrown) {
    // A damage that is no program any more proves nothing.
    if (thrown instanceof ReferenceError || thrown instanceof SyntaxError) throw thrown;
    const what = thrown instanceof Error ? `${thrown.name} ${thrown.message}` : String(thrown);
    return { violation: `a person's step failed: ${what}`, stuck: thrown instanceof NeverAtRest };
  }
}
