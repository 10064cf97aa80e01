/** Each step is a tenth longer than the one before: a percentile read from them is at most that much too long. */
const base = 1.1;
/** Ten minutes: no answer is waited for so long. */
const last = 140;

/** The step that a time (ms) falls into. */
export const stepOf = (ms: number): number => (ms <= 1 ? 0 : Math.min(last, Math.ceil(Math.log(ms) / Math.log(base))));

/** The time (ms) that this part of the answers began within, at most a tenth too long; null where there were none. */
export function percentile(times: Readonly<Record<string, number>>, part: number): number | null {
  const steps = Object.entries(times)
    .map(([step, n]) => ({ step: Number(step), n }))
    .sort((a, b) => a.step - b.step);
  const all = steps.reduce((sum, { n }) => sum + n, 0);
  let seen = 0;
  for (const { step, n } of steps) {
    seen += n;
    if (n > 0 && seen >= all * part) return Math.round(base ** step);
  }
  return null;
}
