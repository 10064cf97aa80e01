import { randomBytes } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { chunkBytes, fileKey, headerOf, saltBytes, sealChunk } from './sealed-format';

/** Writes a file in the sealed format. What is held is what was given last, and a chunk. */
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
    const sealed: Uint8Array[] = [];
    for (let offset = 0; offset < bytes.byteLength;) {
      // A full chunk is sealed only when more follows: the last one is marked as such.
      if (this.#filled === chunkBytes) sealed.push(...this.#seal(false));
      const piece = bytes.subarray(offset, offset + chunkBytes - this.#filled);
      this.#pending.set(piece, this.#filled);
      this.#filled += piece.byteLength;
      offset += piece.byteLength;
    }
    await this.#put(sealed);
  }

  /** Writes the last chunk; returns when everything is on the disk and the file is closed. */
  async end(): Promise<void> {
    await this.#put(this.#seal(true));
    await this.#handle.sync();
    await this.#handle.close();
  }

  close(): Promise<void> {
    return this.#handle.close();
  }

  #seal(last: boolean): Uint8Array[] {
    const sealed = sealChunk(this.#key, this.#header, this.#index, last, this.#pending.subarray(0, this.#filled));
    this.#index += 1;
    this.#filled = 0;
    return sealed;
  }

  /** All of them in one call, as a rule: one a chunk takes longer than sealing it. */
  async #put(parts: readonly Uint8Array[]): Promise<void> {
    for (let left = parts; left.length > 0;) left = without((await this.#handle.writev(left)).bytesWritten, left);
  }
}

/** What is left to write of these parts after so many bytes of them. */
function without(written: number, parts: readonly Uint8Array[]): Uint8Array[] {
  let before = 0;
  return parts.flatMap((part) => {
    const done = Math.min(part.byteLength, Math.max(0, written - before));
    before += part.byteLength;
    return done === part.byteLength ? [] : [part.subarray(done)];
  });
}
