import { expect, it } from 'vitest';
import { fitting, zoomed } from '../../renderer/views/document/preview/zoom';

it('a picture is shown as large as fits, and never larger than it is', () => {
  expect(fitting({ width: 4000, height: 3000 }, { width: 800, height: 600 })).toBe(0.2);
  expect(fitting({ width: 4000, height: 1000 }, { width: 800, height: 600 })).toBe(0.2);
  expect(fitting({ width: 40, height: 30 }, { width: 800, height: 600 })).toBe(1);
});

it('zooming goes by steps from whatever fits, and ends', () => {
  expect(zoomed(0.2, 1)).toBe(0.25);
  expect(zoomed(0.2, -1)).toBe(0.1);
  expect(zoomed(1, 1)).toBe(1.5);
  expect(zoomed(8, 1)).toBe(8);
  expect(zoomed(0.05, -1)).toBe(0.05);
});
