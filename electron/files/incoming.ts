import { createHash } from 'node:crypto';
import { unlink } from 'node:fs/promises';
import type { StoredFile } from '@shared/bridge/files';
import { AppError } from '@shared/errors';
import { contentType, headBytes } from '@shared/format/content-type';
import { inTurn } from '../in-turn';
import { codeOf, storageFailure } from '../storage-failure';
import { SealedWriter } from './sealed-writer';

/** A file being received: hashed, encrypted and written as its bytes come, one piece after another. */
export class Incoming {
  readonly path: string;
  readonly #name: string;
  /** Bytes announced; null where they are not known before (a download). */
  readonly #announced: number | null;
  readonly #limit: number;
  readonly #writer: SealedWriter;
  readonly #sha256 = createHash('sha256');
  readonly #md5 = createHash('md5');
  #head = Buffer.alloc(0);
  #size = 0;
  readonly #turn = inTurn();
  #closed = false;
  /** What went wrong first: what follows would leave a hole. */
  #failed: AppError | null = null;

  private constructor(options: IncomingOptions, writer: SealedWriter) {
    this.path = options.path;
    this.#name = options.name;
    this.#announced = options.size;
    this.#limit = options.limit;
    this.#writer = writer;
  }

  static async begin(options: IncomingOptions): Promise<Incoming> {
    return new Incoming(options, await SealedWriter.create(options.path, options.key));
  }

  write(bytes: Uint8Array): Promise<void> {
    return this.#whileWhole(async () => {
      if (this.#closed) throw new AppError('bad-parameters', 'This file was finished or given up already.');
      this.#size += bytes.byteLength;
      if (this.#size > (this.#announced ?? this.#limit)) {
        throw new AppError('too-large', 'The file is larger than it said it would be, so it was not kept. Add it again.');
      }
      if (this.#head.byteLength < headBytes) {
        this.#head = Buffer.concat([this.#head, bytes.subarray(0, headBytes - this.#head.byteLength)]);
      }
      this.#sha256.update(bytes);
      this.#md5.update(bytes);
      await this.#writer.write(bytes);
    });
  }

  /** On the disk when it returns, still under its temporary path. */
  finish(): Promise<StoredFile> {
    return this.#whileWhole(async () => {
      if (this.#announced !== null && this.#size !== this.#announced) {
        throw new AppError('storage', 'The file could not be read to its end, so it was not kept. Add it again from its source.');
      }
      if (this.#size === 0) throw new AppError('unsupported', 'The file is empty. An empty file cannot be attached.');
      await this.#writer.end();
      this.#closed = true;
      const sha256 = this.#sha256.digest('hex');
      return { id: sha256, sha256, md5: this.#md5.digest('hex'), size: this.#size, type: contentType(this.#head, this.#name) };
    });
  }

  /** Closes and removes what was written. */
  abandon(): Promise<void> {
    return this.#inTurn(async () => {
      if (!this.#closed) {
        this.#closed = true;
        await this.#writer.close();
      }
      await removeFile(this.path);
    });
  }

  /** Several pieces may be on their way when one fails: those after it are refused for the same reason. */
  #whileWhole<T>(task: () => Promise<T>): Promise<T> {
    return this.#inTurn(async () => {
      if (this.#failed !== null) throw this.#failed;
      try {
        return await task();
      } catch (thrown) {
        this.#failed = storageFailure(thrown);
        throw this.#failed;
      }
    });
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    return this.#turn(task).catch((thrown: unknown) => {
      throw storageFailure(thrown);
    });
  }
}

export type IncomingOptions = {
  path: string;
  key: Uint8Array;
  name: string;
  size: number | null;
  /** Most bytes taken where the size is not announced. */
  limit: number;
};

/** Removes a file that may be gone already. */
export async function removeFile(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (thrown) {
    if (codeOf(thrown) !== 'ENOENT') throw thrown;
  }
}
