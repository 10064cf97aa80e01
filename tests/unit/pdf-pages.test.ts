import { describe, expect, it } from 'vitest';
import { canvasScale, longestSide, mostPixels } from '../../renderer/views/document/preview/pdf/canvas-scale';
import { columnOf, pageAt, pageGap, pagesBetween } from '../../renderer/views/document/preview/pdf/page-column';

const a4 = { width: 595, height: 842 };

describe('the pages of a PDF', () => {
  it('stand below each other, each of its own size, and the column is as wide as the widest', () => {
    const { boxes, height, width } = columnOf([a4, { width: 842, height: 595 }, a4], 2);
    expect(boxes.map(({ top }) => top)).toEqual([pageGap, 2 * pageGap + 1684, 3 * pageGap + 1684 + 1190]);
    expect(height).toBe(4 * pageGap + 1684 + 1190 + 1684);
    expect(width).toBe(1684 + 2 * pageGap);
    expect(columnOf([], 1)).toEqual({ boxes: [], height: pageGap, width: 2 * pageGap });
  });

  it('are told by their height in the column', () => {
    const { boxes } = columnOf(
      Array.from({ length: 500 }, () => ({ width: 100, height: 84 })),
      1,
    );
    expect([0, 15, 99, 100, 150, 199, 200, 1e9].map((height) => pageAt(boxes, height))).toEqual([0, 0, 0, 1, 1, 1, 2, 499]);
    expect(pageAt([], 10)).toBe(0);
  });

  it('are drawn where they are to be seen, and one before and behind: never all of them', () => {
    const { boxes, height } = columnOf(
      Array.from({ length: 500 }, () => a4),
      1.3,
    );
    expect(pagesBetween(boxes, 0, 600)).toEqual([0, 1]);
    expect(pagesBetween(boxes, height / 2, height / 2 + 600).length).toBeLessThanOrEqual(4);
    expect(pagesBetween(boxes, height, height + 600)).toEqual([498, 499]);
    expect(pagesBetween(columnOf([a4], 1).boxes, 0, 600)).toEqual([0]);
    expect(pagesBetween([], 0, 600)).toEqual([]);
  });
});

describe('the canvas of a page', () => {
  it('has as many pixels as the screen', () => {
    expect(canvasScale(a4, 1)).toBe(1);
    expect(canvasScale(a4, 2)).toBe(2);
  });

  it.each([
    ['10,000 points a side', { width: 13_333, height: 13_333 }],
    ['a long strip', { width: 200, height: 100_000 }],
    ['a line', { width: 0.1, height: 20_000 }],
    ['a near page on a sharp screen', { width: 4_000, height: 5_600 }],
  ])('is bounded: %s', (_, size) => {
    const scale = canvasScale(size, 3);
    expect(scale).toBeGreaterThan(0);
    expect(size.width * scale * size.height * scale).toBeLessThanOrEqual(mostPixels * 1.001);
    expect(Math.max(size.width, size.height) * scale).toBeLessThanOrEqual(longestSide * 1.001);
  });
});
