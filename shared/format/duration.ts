/** Seconds as Frappe writes a span: `1d 2h 5m`. */
export function formatDuration(seconds: number): string {
  const parts = [
    [86_400, 'd'],
    [3600, 'h'],
    [60, 'm'],
    [1, 's'],
  ] as const;
  let left = Math.max(0, Math.trunc(seconds));
  const words = parts.flatMap(([size, unit]) => {
    const count = Math.floor(left / size);
    left %= size;
    return count === 0 ? [] : [`${count}${unit}`];
  });
  return words.length === 0 ? '0s' : words.join(' ');
}
