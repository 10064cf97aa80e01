/** One bar of a chart, in the units of its view box; `part`: of its height, what is marked within it. */
export type Bar = { x: number; y: number; width: number; height: number; part: number };

export const chartSize = { width: 300, height: 80 };

/** Bars beside each other, the highest as high as the chart. A value that is not nothing is at least one unit high, to be seen. */
export function barsOf(points: readonly { value: number; marked: number }[]): Bar[] {
  const most = Math.max(0, ...points.map(({ value }) => value));
  const each = chartSize.width / Math.max(1, points.length);
  return points.map(({ value, marked }, at) => {
    const height = value === 0 ? 0 : Math.max(1, (chartSize.height * value) / most);
    const part = marked === 0 || value === 0 ? 0 : Math.max(1, (height * Math.min(marked, value)) / value);
    return { x: at * each, y: chartSize.height - height, width: Math.max(0.5, each * 0.8), height, part };
  });
}
