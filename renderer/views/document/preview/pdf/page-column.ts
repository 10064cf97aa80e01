/** CSS pixels, or points of a PDF. */
export type Size = { width: number; height: number };
export type PageBox = Size & { top: number };

/** CSS pixels between pages, and around them. */
export const pageGap = 16;

/** Where the pages stand below each other. `scale`: CSS pixels a point. */
export function columnOf(sizes: readonly Size[], scale: number): { boxes: PageBox[]; height: number; width: number } {
  let top = pageGap;
  let width = 0;
  const boxes = sizes.map((size) => {
    const box = { top, width: size.width * scale, height: size.height * scale };
    top += box.height + pageGap;
    width = Math.max(width, box.width);
    return box;
  });
  return { boxes, height: top, width: width + 2 * pageGap };
}

/** The first page that ends below a height; the last one where none does. */
export function pageAt(boxes: readonly PageBox[], height: number): number {
  let [low, high] = [0, Math.max(0, boxes.length - 1)];
  while (low < high) {
    const middle = (low + high) >> 1;
    const box = boxes[middle];
    if (box !== undefined && box.top + box.height > height) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The pages that are to be seen between two heights, with one more on each side. */
export function pagesBetween(boxes: readonly PageBox[], top: number, bottom: number): number[] {
  const [first, last] = [Math.max(0, pageAt(boxes, top) - 1), Math.min(boxes.length - 1, pageAt(boxes, bottom) + 1)];
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}
