import { open, type FileHandle } from 'node:fs/promises';
import { AppError } from '@shared/errors';
import { contentType, headBytes } from '@shared/format/content-type';
import { chunkBytes, chunkCount, fileKey, headerBytes, isHeader, openChunk, plainSize, sealedChunkBytes } from './sealed-format';

const damaged = (): AppError =>
  new AppError(
    'storage',
    'A file kept on this device is damaged and cannot be read. If it was not sent yet, add it again from its source.',
  );

/** Reads a sealed file, any part of it, one read after another. Rejects with `storage` where it is damaged. */
export class SealedReader {
  readonly size: number;
  readonly #handle: FileHandle;
  readonly #key: Buffer;
  readonly #header: Buffer;
  /** Holds one sealed chunk at a time: a new one for each would be as much garbage as the file is long. */
  readonly #sealed = Buffer.alloc(sealedChunkBytes);

  private constructor(handle: FileHandle, key: Buffer, header: Buffer, size: number) {
    this.#handle = handle;
    this.#key = key;
    this.#header = header;
    this.size = size;
  }

  static async open(path: string, accountKey: Uint8Array): Promise<SealedReader> {
    const handle = await open(path, 'r');
    try {
      const header = await readAt(handle, 0, Buffer.alloc(headerBytes));
      const size = plainSize((await handle.stat()).size);
      if (!isHeader(header) || size === null) throw damaged();
      return new SealedReader(handle, fileKey(accountKey, header), header, size);
    } catch (thrown) {
      await handle.close();
      throw thrown;
    }
  }

  /** `length` bytes from `offset`, fewer at the end. */
  async read(offset: number, length: number): Promise<Buffer> {
    const end = Math.min(this.size, offset + length);
    if (offset >= end) return Buffer.alloc(0);
    const first = Math.floor(offset / chunkBytes);
    const pieces: Buffer[] = [];
    for (let index = first; index * chunkBytes < end; index += 1) {
      const chunk = await this.#chunk(index);
      pieces.push(chunk.subarray(Math.max(0, offset - index * chunkBytes), Math.min(chunkBytes, end - index * chunkBytes)));
    }
    return Buffer.concat(pieces);
  }

  /** The whole file, a chunk at a time. */
  async *chunks(): AsyncGenerator<Buffer> {
    for (let index = 0; index < chunkCount(this.size); index += 1) {
      const chunk = await this.#chunk(index);
      if (chunk.byteLength > 0) yield chunk;
    }
  }

  /** The media type, by the first bytes. */
  async contentType(fileName: string): Promise<string> {
    return contentType(await this.read(0, headBytes), fileName);
  }

  close(): Promise<void> {
    return this.#handle.close();
  }

  async #chunk(index: number): Promise<Buffer> {
    const last = index === chunkCount(this.size) - 1;
    const sealed = await readAt(this.#handle, headerBytes + index * sealedChunkBytes, this.#sealed);
    try {
      return openChunk(this.#key, this.#header, index, last, sealed);
    } catch {
      // OpenSSL says no more than that the tag does not fit.
      throw damaged();
    }
  }
}

/** Fills the buffer from a place in the file; the part that was there. */
async function readAt(handle: FileHandle, position: number, buffer: Buffer): Promise<Buffer> {
  let filled = 0;
  while (filled < buffer.byteLength) {
    const { bytesRead } = await handle.read(buffer, filled, buffer.byteLength - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}
