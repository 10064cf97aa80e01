import { defineStore } from 'pinia';
import type { StoredFile } from '@shared/bridge/files';
import { AppError } from '@shared/errors';
import { isSiteFile } from '@shared/files/site-file';
import { forgetKeptFile, noteKeptFile, readKeptFile } from '../cache/kept-files';
import { fetchFile } from '../sync/fetch-file';
import { keepWithinQuota } from '../sync/make-room';
import { handOver } from '../bridge/hand-over';
import { logged } from '../bridge/log-to';
import { useSession, useWorkspace } from './session';

const chunkSize = 1024 * 1024;

/** Bytes of files, to and from the main process, which keeps them encrypted. */
export const useKeptFiles = defineStore('kept-files', () => {
  const session = useSession();
  const kept = new Map<string, Promise<Blob | null>>();

  function account(): string {
    const id = session.workspace?.accountId;
    if (id === undefined) throw new AppError('no-account', 'There is no active account on this device. Sign in first.');
    return id;
  }

  /** Hands a file to the main process. `progress` is told bytes. Returns once the bytes are safe on disk. */
  function keep(file: File, progress: (taken: number) => void): Promise<StoredFile> {
    const read = async (from: number, to: number) => new Uint8Array(await file.slice(from, to).arrayBuffer());
    return handOver(session.bridge.files, account(), { name: file.name, size: file.size, read }, progress);
  }

  /** The whole of a kept file. */
  async function read(stored: Pick<StoredFile, 'id' | 'size' | 'type'>): Promise<Blob> {
    const parts: Uint8Array<ArrayBuffer>[] = [];
    for (let at = 0; at < stored.size; at += chunkSize) {
      const part = await session.bridge.files.read({ account: account(), file: stored.id, offset: at, length: chunkSize });
      parts.push(new Uint8Array(part));
    }
    return new Blob(parts, { type: stored.type });
  }

  /**
   * A file of the site by its path: of this device, else fetched with the account's credentials and kept. Where files take
   * more than they may by then, those make room that were not looked at for longest.
   * @throws AppError where it is not here and the server cannot be reached or does not give it
   */
  async function obtain(url: string): Promise<{ stored: StoredFile; blob: Blob }> {
    const { cache } = useWorkspace();
    const known = await readKeptFile(cache, url);
    if (known !== undefined) {
      try {
        const blob = await read(known);
        await noteKeptFile(cache, url, known, Date.now());
        return { stored: known, blob };
      } catch (error) {
        if (AppError.from(error).code !== 'not-found') throw error;
        await forgetKeptFile(cache, url);
      }
    }
    const stored = await fetchFile(session.bridge, account(), url);
    await noteKeptFile(cache, url, stored, Date.now());
    const blob = await read(stored);
    await makeRoom();
    return { stored, blob };
  }

  /** What was fetched is here: that there is no room for it afterwards is told by the storage view. */
  async function makeRoom(): Promise<void> {
    const { cache, recorder } = useWorkspace();
    try {
      await keepWithinQuota({ cache, account: account(), bridge: session.bridge });
    } catch (thrown) {
      recorder.log('warn', `room for files was not made: ${logged(AppError.from(thrown))}`);
    }
  }

  /** A picture of a form, asked for once; null where it cannot be had now. */
  async function fetch(url: string): Promise<Blob | null> {
    if (!isSiteFile(url)) return null;
    const key = `${account()} ${url}`;
    const before = kept.get(key);
    if (before !== undefined) return before;
    const now = fetchNow(url);
    kept.set(key, now);
    if ((await now) === null) kept.delete(key);
    return now;
  }

  async function fetchNow(url: string): Promise<Blob | null> {
    try {
      return (await obtain(url)).blob;
    } catch (error) {
      // Offline, refused or gone: the form says that the picture is on the server.
      if (error instanceof AppError) return null;
      throw error;
    }
  }

  /** Opens a kept file with the system's program for it. */
  const open = async (stored: Pick<StoredFile, 'id'>, fileName: string): Promise<void> => {
    await session.bridge.files.open({ account: account(), file: stored.id, fileName });
  };

  return { keep, read, obtain, fetch, open, makeRoom };
});
