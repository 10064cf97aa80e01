const mark = new TextEncoder().encode('demo');

/**
 * What a server does to a JPEG without decoding it: the metadata segments (EXIF, comments) go, and the bytes change
 * even where there was nothing to remove. The same picture with other EXIF gives the same bytes. `undefined`: no JPEG.
 */
export function rewriteJpeg(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return undefined;
  const kept: Uint8Array[] = [Uint8Array.of(0xff, 0xd8, 0xff, 0xfe, 0, mark.length + 2), mark];
  let at = 2;
  while (at + 4 <= bytes.length) {
    const marker = bytes[at + 1] ?? 0;
    if (bytes[at] !== 0xff) return undefined;
    // From the start of scan on, it is picture to the end.
    if (marker === 0xda) break;
    const end = at + 2 + (bytes[at + 2] ?? 0) * 256 + (bytes[at + 3] ?? 0);
    const isMetadata = (marker >= 0xe1 && marker <= 0xef) || marker === 0xfe;
    if (!isMetadata) kept.push(bytes.subarray(at, end));
    at = end;
  }
  kept.push(bytes.subarray(at));
  const whole = new Uint8Array(kept.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of kept) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
