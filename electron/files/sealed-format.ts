import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';

/**
 * A kept file on disk:
 *
 *     header   "FBF1" (4 bytes), salt (16 bytes)
 *     chunk    up to 64 KiB of the file, encrypted, then its tag (16 bytes); every chunk but the last is full
 *
 * Each file has a key of its own, HKDF-SHA-256 of the account's files key and the salt. Chunk number n (from 0) is
 * AES-256-GCM with the nonce n (8 bytes, big-endian), 1 for the last chunk else 0 (1 byte), zeros (3 bytes), and the header as
 * additional data. So position, order and end are authenticated: a file cut, reordered or put together from two does not open.
 * A chunk can be read alone.
 */
const magic = Buffer.from('FBF1');
export const saltBytes = 16;
export const headerBytes = magic.byteLength + saltBytes;
export const chunkBytes = 64 * 1024;
const tagBytes = 16;
export const sealedChunkBytes = chunkBytes + tagBytes;

export const headerOf = (salt: Uint8Array): Buffer => Buffer.concat([magic, salt]);

export const isHeader = (header: Uint8Array): boolean =>
  header.byteLength === headerBytes && magic.equals(header.subarray(0, magic.byteLength));

export const fileKey = (accountKey: Uint8Array, header: Uint8Array): Buffer =>
  Buffer.from(hkdfSync('sha256', accountKey, header.subarray(magic.byteLength), 'file', 32));

/** How many chunks a file of `size` bytes has; an empty one has an empty chunk, so that its end is authenticated too. */
export const chunkCount = (size: number): number => Math.max(1, Math.ceil(size / chunkBytes));

/** Bytes on disk of a file of `size` bytes. */
export const sealedSize = (size: number): number => headerBytes + size + chunkCount(size) * tagBytes;

/** Bytes of the file within `sealed` bytes on disk; null where no file has that size. */
export function plainSize(sealed: number): number | null {
  const body = sealed - headerBytes;
  const chunks = Math.ceil(body / sealedChunkBytes);
  const size = body - chunks * tagBytes;
  return chunks >= 1 && size >= 0 && chunkCount(size) === chunks ? size : null;
}

function nonce(index: number, last: boolean): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeBigUInt64BE(BigInt(index));
  bytes[8] = last ? 1 : 0;
  return bytes;
}

/** The sealed bytes and their tag, apart: joining them would copy every file once more. */
export function sealChunk(key: Uint8Array, header: Uint8Array, index: number, last: boolean, plain: Uint8Array): [Buffer, Buffer] {
  const cipher = createCipheriv('aes-256-gcm', key, nonce(index, last)).setAAD(header);
  const sealed = cipher.update(plain);
  cipher.final(); // GCM holds nothing back.
  return [sealed, cipher.getAuthTag()];
}

/** Throws where the chunk is not what was sealed at this place. */
export function openChunk(key: Uint8Array, header: Uint8Array, index: number, last: boolean, sealed: Uint8Array): Buffer {
  const end = sealed.byteLength - tagBytes;
  const decipher = createDecipheriv('aes-256-gcm', key, nonce(index, last)).setAAD(header);
  decipher.setAuthTag(sealed.subarray(end));
  const plain = decipher.update(sealed.subarray(0, end));
  decipher.final(); // GCM holds nothing back; this throws where the tag does not fit.
  return plain;
}
