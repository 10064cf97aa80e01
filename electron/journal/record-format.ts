import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/**
 * One record of the journal on disk:
 *
 *     "FBR1" (4 bytes)   mark, by which reading finds its way again after damage
 *     sequence (8 bytes, big-endian), counting up through the life of the journal
 *     length of the sealed text (4 bytes, big-endian)
 *     nonce (12 bytes, random: after a torn write a sequence number is used again)
 *     sealed text, then its tag (16 bytes)
 *
 * AES-256-GCM; mark, sequence and length are the additional data. So a record that opens is whole and in its own place;
 * one that is missing shows as a gap in the sequence.
 */
const mark = Buffer.from('FBR1');
const nonceBytes = 12;
const tagBytes = 16;
const prefixBytes = mark.byteLength + 8 + 4;
const overhead = prefixBytes + nonceBytes + tagBytes;

/** The longest text of one record (bytes): a document of 5 MB in an entry, with room. */
export const longestText = 32 * 1024 * 1024;

export function sealRecord(key: Uint8Array, sequence: number, text: string): Buffer {
  const plain = Buffer.from(text);
  const prefix = Buffer.alloc(prefixBytes);
  mark.copy(prefix);
  prefix.writeBigUInt64BE(BigInt(sequence), mark.byteLength);
  prefix.writeUInt32BE(plain.byteLength, mark.byteLength + 8);
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(prefix);
  return Buffer.concat([prefix, nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** A record read at a place in the file. `incomplete`: the file ends inside it. */
export type Opened = { at: 'record'; sequence: number; text: string; end: number } | { at: 'incomplete' } | { at: 'damaged' };

export function openRecord(key: Uint8Array, file: Buffer, start: number): Opened {
  const prefix = file.subarray(start, start + prefixBytes);
  if (!mark.subarray(0, prefix.byteLength).equals(prefix.subarray(0, mark.byteLength))) return { at: 'damaged' };
  if (prefix.byteLength < prefixBytes) return { at: 'incomplete' };
  const length = prefix.readUInt32BE(mark.byteLength + 8);
  if (length > longestText) return { at: 'damaged' };
  const end = start + overhead + length;
  if (end > file.byteLength) return { at: 'incomplete' };
  const nonce = file.subarray(start + prefixBytes, start + prefixBytes + nonceBytes);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAAD(prefix);
  decipher.setAuthTag(file.subarray(end - tagBytes, end));
  try {
    const plain = Buffer.concat([decipher.update(file.subarray(start + prefixBytes + nonceBytes, end - tagBytes)), decipher.final()]);
    return { at: 'record', sequence: Number(prefix.readBigUInt64BE(mark.byteLength)), text: plain.toString('utf8'), end };
  } catch {
    return { at: 'damaged' }; // The tag does not fit; OpenSSL says no more.
  }
}

/** Where the next record may begin at or after `from`; -1 where none does. */
export const nextMark = (file: Buffer, from: number): number => file.indexOf(mark, from);
