import { crc32, deflateSync } from 'node:zlib';

/** A picture of one colour as a PNG, `width` by `height` pixels. */
export function png(width: number, height: number): Uint8Array {
  const line = Buffer.concat([Buffer.of(0), Buffer.alloc(width * 3, Buffer.of(0x2a, 0x7f, 0xc4))]);
  const pixels = Buffer.concat(Array.from({ length: height }, () => line));
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(pixels)), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(type: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.byteLength);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}
