import { createHmac, randomBytes, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { chunkBytes, openChunk, sealChunk, sealedChunkBytes } from '../files/sealed-format';

/**
 * Exported work on disk:
 *
 *     header   "FBX1" (4 bytes), salt (16 bytes), check (16 bytes)
 *     chunk    up to 64 KiB, encrypted, then its tag (16 bytes), as in a kept file; every chunk but the last is full
 *
 * The key is scrypt (N = 2^15, r = 8, p = 1) of the passphrase and the salt. `check` is the start of an HMAC-SHA-256 with
 * that key, so that a wrong passphrase can be told from damage. Position, order and end of the chunks are authenticated.
 */
const magic = Buffer.from('FBX1');
const saltBytes = 16;
const checkBytes = 16;
export const headerBytes = magic.byteLength + saltBytes + checkBytes;
const cost = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };

const derive = promisify<string, Uint8Array, number, typeof cost, Buffer>(scrypt);

export type Lock = { key: Buffer; header: Buffer };

/** A new key and the header that goes with it. */
export async function lockWith(passphrase: string): Promise<Lock> {
  const salt = randomBytes(saltBytes);
  const key = await keyOf(passphrase, salt);
  return { key, header: Buffer.concat([magic, salt, checkOf(key)]) };
}

export type Unlocked = { at: 'open'; key: Buffer } | { at: 'foreign' } | { at: 'wrong' };

/** The key behind a header: `foreign` where this is no exported work, `wrong` where the passphrase does not fit. */
export async function unlock(passphrase: string, header: Buffer): Promise<Unlocked> {
  if (header.byteLength !== headerBytes || !magic.equals(header.subarray(0, magic.byteLength))) return { at: 'foreign' };
  const key = await keyOf(passphrase, header.subarray(magic.byteLength, magic.byteLength + saltBytes));
  return checkOf(key).equals(header.subarray(-checkBytes)) ? { at: 'open', key } : { at: 'wrong' };
}

/** The header and the sealed chunks of a stream of bytes. */
export async function* seal({ key, header }: Lock, plain: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  yield header;
  let index = 0;
  for await (const { piece, last } of inPieces(plain, chunkBytes)) yield Buffer.concat(sealChunk(key, header, index++, last, piece));
}

/** The bytes behind sealed chunks (without the header). Throws where one is not what was sealed at its place, or the end is missing. */
export async function* unseal({ key, header }: Lock, sealed: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let index = 0;
  for await (const { piece, last } of inPieces(sealed, sealedChunkBytes)) yield openChunk(key, header, index++, last, piece);
}

const keyOf = (passphrase: string, salt: Uint8Array): Promise<Buffer> => derive(passphrase.normalize('NFKC'), salt, 32, cost);
const checkOf = (key: Buffer): Buffer => createHmac('sha256', key).update('passphrase').digest().subarray(0, checkBytes);

/** A stream cut into pieces of one size; the last may be shorter, and is told as the last. */
async function* inPieces(stream: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<{ piece: Buffer; last: boolean }> {
  let held: Buffer = Buffer.alloc(0);
  for await (const bytes of stream) {
    held = Buffer.concat([held, bytes]);
    for (; held.byteLength > size; held = held.subarray(size)) yield { piece: held.subarray(0, size), last: false };
  }
  yield { piece: held, last: true };
}
