/** A segment of a JPEG: its marker (0xe1 for EXIF), and where it lies with marker and length. */
export type Segment = { marker: number; from: number; to: number };

/** The segments before the picture itself; null for what is no JPEG, or a damaged one. */
export function segmentsOf(bytes: Uint8Array): { segments: Segment[]; picture: number } | null {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return null;
  const segments: Segment[] = [];
  let at = 2;
  while (at + 4 <= bytes.length) {
    const marker = bytes[at + 1] ?? 0;
    if (bytes[at] !== 0xff || marker < 0xc0) return null;
    if (marker === startOfScan) return { segments, picture: at };
    const to = at + 2 + lengthAt(bytes, at + 2);
    if (to < at + 4 || to > bytes.length) return null;
    segments.push({ marker, from: at, to });
    at = to;
  }
  return null;
}

/** Where the picture ends that begins at `picture`: some phones put a second one, or a film, behind it. */
export function endOfPicture(bytes: Uint8Array, picture: number): number {
  let at = picture;
  while (at + 1 < bytes.length) {
    const next = bytes[at + 1] ?? 0;
    if (bytes[at] !== 0xff || next === 0 || next === 0xff || (next >= 0xd0 && next <= 0xd7)) at += 1;
    else if (next === 0xd9) return at + 2;
    else at += 2 + lengthAt(bytes, at + 2);
  }
  return bytes.length;
}

/** The text that a segment begins with, as `Exif\0\0`. */
export function startsWith(bytes: Uint8Array, { from }: Segment, text: string): boolean {
  return Array.from(text).every((sign, index) => bytes[from + 4 + index] === sign.charCodeAt(0));
}

export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const startOfScan = 0xda;
const lengthAt = (bytes: Uint8Array, at: number): number => (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);
