import { randomBytes } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { chunkBytes, fileKey, headerOf, saltBytes, sealChunk } from './sealed-format';

/** Writes a file in the sealed format, a chunk at a time; never more than one chunk is held. */
export class SealedWriter {
  readonly #handle: FileHandle;
  readonly #key: Buffer;
  readonly #header: Buffer;
  readonly #pending = Buffer.alloc(chunkBytes);
  #filled = 0;
  #index = 0;

  private constructor(handle: FileHandle, key: Buffer, header: Buffer) {
    this.#handle = handle;
    this.#key = key;
    this.#header = header;
  }

  static async create(path: string, accountKey: Uint8Array): Promise<SealedWriter> {
    const header = headerOf(randomBytes(saltBytes));
    const handle = await open(path, 'wx', 0o600);
    const writer = new SealedWriter(handle, fileKey(accountKey, header), header);
    try {
      await writer.#put([header]);
    } catch (thrown) {
      await handle.close();
      throw thrown;
    }
    return writer;
  }

  async write(bytes: Uint8Array): Promise<void> {
    for (let offset = 0; offset < bytes.byteLength;) {
      // A full chunk is sealed only when more follows: the last one is marked as such.
      if (this.#filled === chunkBytes) await this.#flush(false);
      const piece = bytes.subarray(offset, offset + chunkBytes - this.#filled);
      this.#pending.set(piece, this.#filled);
      this.#filled += piece.byteLength;
      offset += piece.byteLength;
    }
  }

  /** Writes the last chunk; returns when everything is on the disk and the file is closed. */
  async end(): Promise<void> {
    await this.#flush(true);
    await this.#handle.sync();
    await this.#handle.close();
  }

  close(): Promise<void> {
    return this.#handle.close();
  }

  async #flush(last: boolean): Promise<void> {
    const sealed = sealChunk(this.#key, this.#header, this.#index, last, this.#pending.subarray(0, this.#filled));
    await this.#put(sealed);
    this.#index += 1;
    this.#filled = 0;
  }

  async #put(parts: Uint8Array[]): Promise<void> {
    for (const bytes of parts) {
      for (let offset = 0; offset < bytes.byteLength;) {
        offset += (await this.#handle.write(bytes, offset)).bytesWritten;
      }
    }
  }
}
