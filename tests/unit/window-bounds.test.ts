import fc from 'fast-check';
import { expect, it } from 'vitest';
import { windowBounds } from '@shared/system/window-bounds';

const laptop = { x: 0, y: 25, width: 1440, height: 875 };
const second = { x: 1440, y: 0, width: 1920, height: 1080 };
const kept = (x: number, y: number, width = 900, height = 700) => ({ bounds: { x, y, width, height }, maximized: false });

it('opens where it was left, on whichever screen that was', () => {
  expect(windowBounds(kept(60, 40), [laptop])).toEqual({ x: 60, y: 40, width: 900, height: 700 });
  expect(windowBounds(kept(1600, 100), [laptop, second])).toEqual({ x: 1600, y: 100, width: 900, height: 700 });
  expect(windowBounds(kept(-40, 40), [laptop])).toEqual({ x: -40, y: 40, width: 900, height: 700 });
});

it('keeps its size, and no place, when its screen has gone', () => {
  expect(windowBounds(kept(1600, 100), [laptop])).toEqual({ width: 900, height: 700 });
  expect(windowBounds(kept(-5000, -5000), [laptop, second])).toEqual({ width: 900, height: 700 });
  // A corner at the edge is not enough to take hold of.
  expect(windowBounds(kept(1400, 100), [laptop])).toEqual({ width: 900, height: 700 });
});

it('comes below the bar of the screen, and is no larger than it', () => {
  expect(windowBounds(kept(60, 0), [laptop])).toMatchObject({ y: 25 });
  expect(windowBounds(kept(1500, 10, 1900, 1070), [laptop])).toEqual({ width: 1440, height: 875 });
});

it('has a size of its own the first time', () => {
  expect(windowBounds(undefined, [laptop])).toEqual({ width: 1280, height: 800 });
  expect(windowBounds(undefined, [{ x: 0, y: 0, width: 1024, height: 600 }])).toEqual({ width: 1024, height: 600 });
  expect(windowBounds(undefined, [])).toEqual({ width: 1280, height: 800 });
});

it('can always be taken hold of, whatever was kept', () => {
  const number = fc.integer({ min: -5000, max: 5000 });
  const size = fc.integer({ min: 0, max: 9000 });
  fc.assert(
    fc.property(number, number, size, size, (x, y, width, height) => {
      const bounds = windowBounds(kept(x, y, width, height), [laptop, second]);
      expect(bounds.width).toBeGreaterThanOrEqual(720);
      expect(bounds.width).toBeLessThanOrEqual(1920);
      if (bounds.x === undefined || bounds.y === undefined) return;
      const reached = [laptop, second].some(
        (area) => bounds.x! < area.x + area.width && bounds.x! + width > area.x && bounds.y! >= area.y && bounds.y! < area.y + area.height,
      );
      expect(reached).toBe(true);
    }),
  );
});
