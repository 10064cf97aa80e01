/** Pixels, independent of a screen's scale. */
export type Bounds = { x: number; y: number; width: number; height: number };

export type KeptWindow = { bounds: Bounds; maximized: boolean; fullScreen?: boolean | undefined };

export const smallestWindow = { width: 720, height: 560 };
const firstWindow = { width: 1280, height: 800 };

/** So much of a window's top must be on a screen for a person to take hold of it. */
const grip = { width: 120, height: 40 };

/**
 * Where the window opens: where it was left, made to fit the screen it was on. A screen that has gone since takes its place
 * with it: the window then keeps its size, and the system chooses the place. `workAreas`: of each screen, without its bars.
 */
export function windowBounds(kept: KeptWindow | undefined, workAreas: readonly Bounds[]): Partial<Bounds> & typeof smallestWindow {
  const size = kept === undefined ? firstWindow : { width: kept.bounds.width, height: kept.bounds.height };
  const area = kept && workAreas.find((one) => isWithinReach(kept.bounds, one));
  const roomiest = area ?? [...workAreas].sort((a, b) => b.width * b.height - a.width * a.height)[0];
  const fitted = {
    width: Math.max(smallestWindow.width, Math.min(size.width, roomiest?.width ?? size.width)),
    height: Math.max(smallestWindow.height, Math.min(size.height, roomiest?.height ?? size.height)),
  };
  return area && kept ? { x: kept.bounds.x, y: Math.max(kept.bounds.y, area.y), ...fitted } : fitted;
}

function isWithinReach(window: Bounds, area: Bounds): boolean {
  const across = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x);
  return across >= grip.width && window.y + grip.height > area.y && window.y <= area.y + area.height - grip.height;
}
