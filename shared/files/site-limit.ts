/** What a site takes unless it said otherwise, in bytes: 25 MiB (recording `upload-too-large`). */
export const usualLargest = 25 * 1024 * 1024;

/** No site is set up to take less: a refusal of so little is a proxy in trouble, and nothing is learnt of it. */
const leastLargest = 64 * 1024;

/**
 * The largest file that a site takes, by what became of one of `size` bytes: its 413 names no number, so that anything as large
 * is taken for too large. One that it takes all the same tells that more is allowed by now.
 */
export function largestAfter(known: number, size: number, became: 'taken' | 'too-large'): number {
  if (became === 'taken') return size > known ? usualLargest : known;
  return size <= leastLargest ? known : Math.min(known, size - 1);
}
