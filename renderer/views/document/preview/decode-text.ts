export type DecodedText = { text: string; encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252' };

/**
 * A text, or the first part of one, in the encoding that its bytes speak for: the mark that it begins with; UTF-8 where it is
 * that without a fault; else Windows-1252, which every sequence of bytes is.
 */
export function decodeText(bytes: Uint8Array<ArrayBuffer>): DecodedText {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return decoded(bytes, 'utf-16le');
  if (first === 0xfe && second === 0xff) return decoded(bytes, 'utf-16be');
  try {
    return decoded(bytes, 'utf-8');
  } catch {
    return decoded(bytes, 'windows-1252');
  }
}

const decoded = (bytes: Uint8Array<ArrayBuffer>, encoding: DecodedText['encoding']): DecodedText => ({
  // As a stream: the last letter may be cut.
  text: new TextDecoder(encoding, { fatal: encoding === 'utf-8' }).decode(bytes, { stream: true }),
  encoding,
});
