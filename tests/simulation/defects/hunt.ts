import { simulateOne } from '../simulate';

/** `runs`: how many seeds were tried; `seed`: the last of them. */
export type Hunt = { runs: number; seed: number; violation: string | null };

/** Runs one seed after another until a promise is broken. What a run throws broke one too. */
export async function hunt(seeds: readonly number[]): Promise<Hunt> {
  const last: Hunt = { runs: 0, seed: seeds[0] ?? 0, violation: null };
  for (const seed of seeds) {
    last.runs += 1;
    last.seed = seed;
    last.violation = await firstViolation(seed);
    if (last.violation !== null) break;
  }
  return last;
}

async function firstViolation(seed: number): Promise<string | null> {
  try {
    return (await simulateOne(seed)).violations[0] ?? null;
  } catch (thrown) {
    // A damage that is no program any more proves nothing.
    if (thrown instanceof ReferenceError || thrown instanceof SyntaxError) throw thrown;
    return `a person's step failed: ${thrown instanceof Error ? `${thrown.name} ${thrown.message}` : String(thrown)}`;
  }
}
