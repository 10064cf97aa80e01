import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

type Recording = { steps: { request: { file?: [name: string, content: string | { base64: string }] } }[] };

/** A small photo with EXIF in it, as it was sent when the server was recorded. */
export function photo(): Uint8Array<ArrayBuffer> {
  const path = fileURLToPath(new URL('../contract/recordings/upload-images.json', import.meta.url));
  // A recording of this repository, whose shape is known.
  const { steps } = JSON.parse(readFileSync(path, 'utf8')) as Recording;
  const content = steps[0]?.request.file?.[1];
  if (typeof content !== 'object') throw new Error('the recording upload-images begins with a photo');
  return Buffer.from(content.base64, 'base64');
}

/** The same picture in a file of its own: with a comment behind the start of the picture. */
export function photoWith(text: string): Uint8Array<ArrayBuffer> {
  const bytes = photo();
  const comment = Buffer.from(text);
  return Buffer.concat([bytes.subarray(0, 2), Buffer.from([0xff, 0xfe, 0, comment.length + 2]), comment, bytes.subarray(2)]);
}
