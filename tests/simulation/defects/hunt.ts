import { simulateOne } from '../simulate';

export type Hunt = { runs: number; seed: number; violation: string | null };

/** Runs seeds from `seed` on until a promise is broken, so many at most. What a run throws broke one too. */
export async function hunt({ seed, most }: { seed: number; most: number }): Promise<Hunt> {
  for (let run = 0; run < most; run += 1) {
    const violation = await firstViolation(seed + run);
    if (violation !== null) return { runs: run + 1, seed: seed + run, violation };
  }
  return { runs: most, seed, violation: null };
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
