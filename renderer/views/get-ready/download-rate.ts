/** How many documents were here at a moment (ms). */
export type Sample = { at: number; done: number };

/** The span that a rate is taken over (ms): long enough to be calm, short enough to be true. */
const span = 20_000;

/** The samples with a new one, the old forgotten. A count that fell (a new run) starts again. */
export function addSample(samples: readonly Sample[], sample: Sample): Sample[] {
  const last = samples.at(-1);
  if (last && sample.done < last.done) return [sample];
  return [...samples.filter((one) => sample.at - one.at <= span), sample];
}

/** Documents a second over the samples; null while there is too little to tell. */
export function rateOf(samples: readonly Sample[]): number | null {
  const first = samples[0];
  const last = samples.at(-1);
  if (!first || !last || last.at - first.at < 1000 || last.done <= first.done) return null;
  return ((last.done - first.done) * 1000) / (last.at - first.at);
}
