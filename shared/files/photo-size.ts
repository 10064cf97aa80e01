/** What a photo of 12 megapixels has, made smaller to so many pixels on its longest side, in bytes and roughly. */
export const photoBytes = { '2560': 1_200_000, '1600': 500_000 } as const;

/** A size that a picture is drawn at so that its longest side has at most `side` pixels; null where it has already. */
export function smallerSize(width: number, height: number, side: number): { width: number; height: number } | null {
  const longest = Math.max(width, height);
  if (longest <= side) return null;
  const scaled = (length: number): number => Math.max(1, Math.round((length * side) / longest));
  return { width: scaled(width), height: scaled(height) };
}
