import { createHmac, randomUUID } from 'node:crypto';
import { rename, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileRoom, StoredFile } from '@shared/bridge/files';
import { AppError } from '@shared/errors';
import { usualLargest } from '@shared/files/site-limit';
import type { DataKey } from '../data-key';
import { makeFolder, namesIn, removeFolder, syncFolder } from '../private-file';
import { codeOf, storageFailure } from '../storage-failure';
import { Incoming, removeFile } from './incoming';
import { diskOf, keptIn, sizeOf } from './on-disk';
import { sealedSize } from './sealed-format';
import { SealedReader } from './sealed-reader';

/** What is fetched of a site may be larger: somebody else put it there. */
const largestFetched = 1024 * 1024 * 1024;
const mostHandles = 64;

/** Looks at what was received before it is kept. */
export type Check = (stored: StoredFile) => void;
const takeAny: Check = () => undefined;

export type FileStoreOptions = { folder: string; dataKey: DataKey };

/**
 * Attachment bytes on disk, encrypted, one folder an account, addressed by their SHA-256: identical bytes are kept once.
 * The address on disk is an HMAC of it, so that the folder does not tell which known files it holds.
 */
export class FileStore {
  readonly #folder: string;
  readonly #dataKey: DataKey;
  readonly #given = new Set<string>();
  readonly #incoming = new Map<string, { account: string; file: Incoming }>();

  constructor(options: FileStoreOptions) {
    this.#folder = options.folder;
    this.#dataKey = options.dataKey;
  }

  /** `largest`: bytes that the account's site takes at most. */
  async begin(account: string, name: string, size: number, largest = usualLargest): Promise<{ handle: string }> {
    if (size > largest) throw new AppError('too-large', 'The file is larger than this site takes. Make it smaller and add it again.');
    if (size === 0) throw new AppError('unsupported', 'The file is empty. An empty file cannot be attached.');
    if (this.#incoming.size >= mostHandles)
      throw new AppError('try-again', 'Too many files are being added at once. Try again when some are done.');
    const handle = randomUUID();
    this.#incoming.set(handle, { account, file: await this.#begin(account, name, size) });
    return { handle };
  }

  async write(handle: string, bytes: Uint8Array): Promise<void> {
    await this.#received(handle).file.write(bytes);
  }

  async finish(handle: string): Promise<StoredFile> {
    const { account, file } = this.#received(handle);
    this.#incoming.delete(handle);
    const stored = await this.#keep(account, file, takeAny);
    this.#given.add(keyOf(account, stored.id));
    return stored;
  }

  /** Gives up a file being received; one that is finished or unknown is left as it is. */
  async abandon(handle: string): Promise<void> {
    const received = this.#incoming.get(handle);
    this.#incoming.delete(handle);
    await received?.file.abandon();
  }

  /** Keeps a stream of unknown length whole, or nothing of it; nothing either where `check` throws. */
  async receive(account: string, name: string, chunks: AsyncIterable<Uint8Array>, check: Check = takeAny): Promise<StoredFile> {
    const file = await this.#begin(account, name, null);
    try {
      for await (const chunk of chunks) await file.write(chunk);
    } catch (thrown) {
      await file.abandon();
      throw thrown;
    }
    return this.#keep(account, file, check);
  }

  /** Rejects with `not-found` where this device does not keep the file. */
  async read(account: string, id: string, offset: number, length: number): Promise<Uint8Array> {
    // A copy of its own: what crosses the bridge takes the whole memory behind a view along, Node's shared pool included.
    return this.use(account, id, async (reader) => new Uint8Array(await reader.read(offset, length)));
  }

  /** Opens a kept file for as long as `task` takes. */
  async use<T>(account: string, id: string, task: (reader: SealedReader) => Promise<T>): Promise<T> {
    const reader = await this.#open(account, id);
    try {
      return await task(reader);
    } finally {
      await reader.close();
    }
  }

  /** The whole of a kept file. */
  async *stream(account: string, id: string): AsyncGenerator<Uint8Array> {
    const reader = await this.#open(account, id);
    try {
      yield* reader.chunks();
    } finally {
      await reader.close();
    }
  }

  /** Bytes that the kept files of an account take on the disk. */
  async taken(account: string): Promise<number> {
    return (await keptIn(join(this.#folder, account))).reduce((sum, { size }) => sum + size, 0);
  }

  disk(): Promise<FileRoom['disk']> {
    return diskOf(this.#folder);
  }

  /** Those of `unsent` stay, and what was given here in this run: a form may hold it that was not saved yet. */
  async forget(
    account: string,
    ids: readonly string[],
    unsent: ReadonlySet<string> = new Set(),
  ): Promise<{ freed: number; stayed: string[] }> {
    const stays = (id: string): boolean => unsent.has(id) || this.#given.has(keyOf(account, id));
    const paths = await Promise.all(ids.filter((id) => !stays(id)).map((id) => this.#path(account, id)));
    return { ...(await this.#remove(paths)), stayed: ids.filter(stays) };
  }

  /** Forgets what is none of these and was kept longer ago than `olderThan` (ms); what was given in this run stays. */
  async forgetOthers(account: string, keep: Iterable<string>, olderThan: number): Promise<{ freed: number }> {
    const given = [...this.#given].flatMap((key) => (key.startsWith(keyOf(account, '')) ? [key.slice(account.length + 1)] : []));
    const stay = new Set<string>();
    for (const id of [...keep, ...given]) stay.add(await this.#path(account, id));
    const before = Date.now() - olderThan;
    const others = (await keptIn(join(this.#folder, account))).filter(({ path, at }) => !stay.has(path) && at < before);
    return this.#remove(others.map(({ path }) => path));
  }

  async #remove(paths: readonly string[]): Promise<{ freed: number }> {
    let freed = 0;
    try {
      for (const path of paths) {
        freed += (await sizeOf(path)) ?? 0;
        await removeFile(path);
      }
    } catch (thrown) {
      throw storageFailure(thrown);
    }
    return { freed };
  }

  /** Removes all files of an account, unsent ones too, and gives up what is being received for it. */
  async removeAll(account: string): Promise<void> {
    for (const [handle, incoming] of this.#incoming) if (incoming.account === account) await this.abandon(handle);
    for (const key of this.#given) if (key.startsWith(keyOf(account, ''))) this.#given.delete(key);
    try {
      await removeFolder(join(this.#folder, account));
    } catch (thrown) {
      throw storageFailure(thrown);
    }
  }

  /** Removes what an earlier run left half received. Called once, before anything is received. */
  async clearIncoming(): Promise<void> {
    for (const account of await namesIn(this.#folder)) {
      const folder = join(this.#folder, account, 'incoming');
      for (const name of await namesIn(folder)) await removeFile(join(folder, name));
    }
  }

  async #begin(account: string, name: string, size: number | null): Promise<Incoming> {
    try {
      const folder = join(this.#folder, account, 'incoming');
      await makeFolder(folder);
      const key = await this.#dataKey.keyFor(account, 'files');
      return await Incoming.begin({ path: join(folder, randomUUID()), key, name, size, limit: largestFetched });
    } catch (thrown) {
      throw storageFailure(thrown);
    }
  }

  async #keep(account: string, file: Incoming, check: Check): Promise<StoredFile> {
    try {
      const stored = await file.finish();
      check(stored);
      const path = await this.#path(account, stored.id);
      // Already kept whole: the same bytes need no second place.
      if ((await sizeOf(path)) === sealedSize(stored.size)) {
        await removeFile(file.path);
        const now = new Date();
        await utimes(path, now, now);
      } else await rename(file.path, path);
      await syncFolder(join(this.#folder, account));
      return stored;
    } catch (thrown) {
      await file.abandon();
      throw storageFailure(thrown);
    }
  }

  async #open(account: string, id: string): Promise<SealedReader> {
    try {
      return await SealedReader.open(await this.#path(account, id), await this.#dataKey.keyFor(account, 'files'));
    } catch (thrown) {
      if (codeOf(thrown) === 'ENOENT') throw new AppError('not-found', 'This device does not keep the file any more.');
      throw storageFailure(thrown);
    }
  }

  async #path(account: string, id: string): Promise<string> {
    const key = await this.#dataKey.keyFor(account, 'file-names');
    return join(this.#folder, account, createHmac('sha256', key).update(id).digest('hex'));
  }

  #received(handle: string): { account: string; file: Incoming } {
    const received = this.#incoming.get(handle);
    if (received === undefined) throw new AppError('bad-parameters', 'This file was finished or given up already.');
    return received;
  }
}

const keyOf = (account: string, id: string): string => `${account} ${id}`;
