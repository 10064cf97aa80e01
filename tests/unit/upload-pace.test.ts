import { describe, expect, it } from 'vitest';
import { paceOf, withSent } from '@shared/sync/upload-pace';
import type { Sent } from '@shared/sync/upload-pace';

const MB = 1_000_000;
const after = (...moments: [seconds: number, bytes: number][]): Sent[] =>
  moments.reduce<Sent[]>((sent, [seconds, bytes]) => withSent(sent, { at: seconds * 1000, bytes }), []);

describe('how fast a file goes', () => {
  it('is told with the time that is left once a second has passed', () => {
    expect(paceOf(after([0, 0], [0.5, MB]), 10 * MB, 500)).toBeNull();
    expect(paceOf(after([0, 0], [0.5, MB], [2, 4 * MB]), 10 * MB, 2_000)).toEqual({ speed: 2 * MB, left: 3_000 });
  });

  it('follows what the line does now, not what it did at first', () => {
    const slowed = after([0, 0], [1, 10 * MB], [9.5, 11 * MB], [11.5, 12 * MB], [13.5, 13 * MB]);
    expect(paceOf(slowed, 20 * MB, 14_000)).toEqual({ speed: MB / 2, left: 14_000 });
  });

  it('begins anew with a new attempt, and is not told while nothing moves', () => {
    expect(after([0, 0], [2, 4 * MB], [100, MB])).toEqual([{ at: 100_000, bytes: MB }]);
    expect(paceOf(after([0, MB], [5, MB]), 10 * MB, 5_000)).toBeNull();
    expect(paceOf(after([0, 0], [5, MB]), 10 * MB, 30_000)).toBeNull();
  });

  it('keeps no more moments than it needs', () => {
    const moments = Array.from({ length: 500 }, (_, index): [number, number] => [index, index * MB]);
    expect(after(...moments).length).toBeLessThan(10);
  });
});
