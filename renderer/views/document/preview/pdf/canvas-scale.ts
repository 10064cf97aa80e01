import type { Size } from './page-column';

/** So many pixels one page takes at most, four bytes each, and no side is longer than that: a canvas beyond stays empty. */
export const mostPixels = 8_000_000;
export const longestSide = 8_192;

/**
 * Pixels of the canvas for each of the screen that a page takes: as many as the screen has (`ratio`), fewer where the canvas would
 * be too large. The page is as large on the screen then, and less sharp.
 */
export function canvasScale({ width, height }: Size, ratio: number): number {
  const [wide, high] = [Math.max(1, width), Math.max(1, height)];
  return Math.min(ratio, Math.sqrt(mostPixels / wide / high), longestSide / wide, longestSide / high);
}
