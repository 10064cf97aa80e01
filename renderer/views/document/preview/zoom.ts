/** Screen pixels a picture's pixel; `fit`: as large as goes in, never larger than it is. */
export type Zoom = 'fit' | number;

const steps: readonly number[] = [0.05, 0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4, 8];

/** The next larger or smaller step from how large it is shown now. */
export function zoomed(now: number, by: 1 | -1): number {
  const slack = 0.001;
  const next = by === 1 ? steps.find((step) => step > now + slack) : steps.findLast((step) => step < now - slack);
  return next ?? now;
}

/** How large a picture is shown that is to fit into a frame. All in pixels. */
export const fitting = (picture: { width: number; height: number }, frame: { width: number; height: number }): number =>
  Math.min(1, frame.width / Math.max(1, picture.width), frame.height / Math.max(1, picture.height));
