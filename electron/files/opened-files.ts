import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { chmod, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { diskName } from '@shared/format/disk-name';
import { makeFolder } from '../private-file';
import { storageFailure } from '../storage-failure';

/**
 * Copies of kept files, not encrypted, for other programs to read: written when a person opens one, gone at the next start
 * or the end. They cannot be written to, so that nobody believes to have changed the attachment.
 */
export class OpenedFiles {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Writes a copy under a name that leads nowhere else; answers its path. */
  async write(fileName: string, chunks: AsyncIterable<Uint8Array>): Promise<string> {
    const folder = join(this.#folder, randomUUID());
    const path = join(folder, diskName(fileName));
    try {
      await makeFolder(folder);
      await pipeline(Readable.from(chunks), createWriteStream(path, { flags: 'wx', mode: 0o600 }));
      await chmod(path, 0o400);
    } catch (thrown) {
      await rm(folder, { recursive: true, force: true });
      throw storageFailure(thrown);
    }
    return path;
  }

  async clear(): Promise<void> {
    // A copy that another program holds open (Windows) goes the next time.
    await rm(this.#folder, { recursive: true, force: true }).catch(() => undefined);
  }
}
