import { NeverAtRest } from '../../support/virtual-time';
import { simulateOne } from '../simulate';

/** What a run broke first, null where it kept every promise; `stuck`: it goes on without end, and its thread with it. */
export type Found = { violation: string | null; stuck: boolean };

/** Runs one seed. What a run throws broke a promise too. */
export async function violationIn(seed: number): Promise<Found> {
  try {
    return { violation: (await simulateOne(seed)).violations[0] ?? null, stuck: false };
  } catch (thrown) {
    // A damage that is no program any more proves nothing.
    if (thrown instanceof ReferenceError || thrown instanceof SyntaxError) throw thrown;
    const what = thrown instanceof Error ? `${thrown.name} ${thrown.message}` : String(thrown);
    return { violation: `a person's step failed: ${what}`, stuck: thrown instanceof NeverAtRest };
  }
}
