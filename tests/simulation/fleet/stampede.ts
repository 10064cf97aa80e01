/** Requests are counted in windows of so many ms: what comes within one finds the same queue. */
export const windowMs = 10_000;

/** Requests a second: the most in any window that began at an arrival, and the mean from the first moment to the last. */
export function rates(arrivals: readonly number[], from: number, to: number): { peak: number; mean: number } {
  const within = arrivals.filter((at) => at >= from && at <= to);
  let [most, oldest] = [0, 0];
  within.forEach((at, position) => {
    while ((within[oldest] ?? at) <= at - windowMs) oldest += 1;
    most = Math.max(most, position - oldest + 1);
  });
  return { peak: (most * 1000) / windowMs, mean: (within.length * 1000) / Math.max(windowMs, to - from) };
}
