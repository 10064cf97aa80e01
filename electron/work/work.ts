import { randomUUID } from 'node:crypto';
import { chmod, copyFile, open } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { ExportedWork, ImportedWork } from '@shared/bridge/work';
import { AppError } from '@shared/errors';
import { removeFile } from '../files/incoming';
import type { FileStore } from '../files/file-store';
import type { HandOver } from '../hand-over';
import type { Journal } from '../journal/journal';
import { filesOf } from '../journal/unsent-files';
import { makeFolder, namesIn } from '../private-file';
import { storageFailure } from '../storage-failure';
import { openExport, writeExport } from './export-file';

export type WorkOptions = {
  folder: string;
  journal: Journal;
  files: FileStore;
  handOver: HandOver;
  now: () => Date;
  account: (id: string) => { siteUrl: string; user: string };
};

/** Exports and imports unsent work as an encrypted file. */
export class Work {
  readonly #options: WorkOptions;

  constructor(options: WorkOptions) {
    this.#options = options;
  }

  async export(account: string, passphrase: string): Promise<ExportedWork> {
    const { journal, files, handOver, now } = this.#options;
    const { siteUrl, user } = this.#options.account(account);
    const entries = await journal.read(account);
    const wanted = [...new Set(filesOf(entries))];
    const kept: { id: string; size: number }[] = [];
    for (const id of wanted) {
      const size = await this.#sizeOf(account, id);
      if (size !== null) kept.push({ id, size });
    }
    const at = now().toISOString();
    const manifest = { version: 1 as const, account, siteUrl, user, exportedAt: at, entries, files: kept };
    const handedOver = await handOver(`Fieldbook ${at.slice(0, 10)}.fieldbook-work`, (path) =>
      writeExport(path, passphrase, manifest, (id) => files.stream(account, id)),
    );
    return { handedOver, changes: entries.length, files: kept.length, missing: wanted.length - kept.length };
  }

  async begin(): Promise<{ handle: string }> {
    const handle = randomUUID();
    await this.#onDisk(async () => {
      await makeFolder(this.#options.folder);
      await (await open(this.#path(handle), 'wx', 0o600)).close();
    });
    return { handle };
  }

  /** A file of the disk, received whole; the handle is as `begin` gives it. */
  async receive(path: string): Promise<string> {
    const { handle } = await this.begin();
    await this.#onDisk(async () => {
      await copyFile(path, this.#path(handle));
      await chmod(this.#path(handle), 0o600);
    });
    return handle;
  }

  async write(handle: string, bytes: Uint8Array): Promise<void> {
    await this.#onDisk(async () => {
      const file = await open(this.#path(handle), 'r+');
      try {
        const { size } = await file.stat();
        for (let done = 0; done < bytes.byteLength;)
          done += (await file.write(bytes, done, bytes.byteLength - done, size + done)).bytesWritten;
      } finally {
        await file.close();
      }
    });
  }

  /** The entries of a received file; the bytes of its files are kept on this device when it returns. */
  async open(handle: string, account: string, passphrase: string): Promise<ImportedWork> {
    return this.#onDisk(async () => {
      const { manifest, files } = await openExport(this.#path(handle), passphrase);
      if (manifest.account !== account) {
        throw new AppError(
          'unsupported',
          `This work belongs to ${manifest.user} at ${manifest.siteUrl}. Sign in to that account and import it there.`,
        );
      }
      for await (const { id, bytes } of files()) {
        const stored = await this.#options.files.receive(account, '', bytes);
        if (stored.id !== id) throw new AppError('storage', 'A file in it is damaged, so no change was taken from it.');
      }
      await this.abandon(handle);
      return { entries: manifest.entries, files: manifest.files.length, exportedAt: manifest.exportedAt };
    });
  }

  async abandon(handle: string): Promise<void> {
    await removeFile(this.#path(handle));
  }

  /** Removes what an earlier run left half received. */
  async clear(): Promise<void> {
    for (const name of await namesIn(this.#options.folder)) await removeFile(join(this.#options.folder, name));
  }

  async #sizeOf(account: string, id: string): Promise<number | null> {
    try {
      return await this.#options.files.use(account, id, async (reader) => reader.size);
    } catch (thrown) {
      if (AppError.from(thrown).code === 'not-found') return null;
      throw thrown;
    }
  }

  #path(handle: string): string {
    if (!z.uuid().safeParse(handle).success) throw new AppError('bad-parameters', 'This import was finished or given up already.');
    return join(this.#options.folder, handle);
  }

  async #onDisk<T>(task: () => Promise<T>): Promise<T> {
    try {
      return await task();
    } catch (thrown) {
      throw storageFailure(thrown);
    }
  }
}
