import { stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileRoom } from '@shared/bridge/files';
import { makeFolder, namesIn } from '../private-file';
import { codeOf } from '../storage-failure';

/** Bytes of a file; null where there is none. */
export async function sizeOf(path: string): Promise<number | null> {
  return (await statsOf(path))?.size ?? null;
}

/** The files of an account's folder: bytes on the disk, and when they were kept last (ms). */
export async function keptIn(folder: string): Promise<{ path: string; size: number; at: number }[]> {
  const kept: { path: string; size: number; at: number }[] = [];
  for (const name of await namesIn(folder)) {
    const path = join(folder, name);
    const stats = await statsOf(path);
    if (stats?.isFile() === true) kept.push({ path, size: stats.size, at: stats.mtimeMs });
  }
  return kept;
}

/**
 * The disk that a folder lies on. `free`: for this user, without what the system keeps back for itself. Null where the system does
 * not tell, as some network drives do not: files are kept all the same.
 */
export async function diskOf(folder: string): Promise<FileRoom['disk']> {
  try {
    await makeFolder(folder);
    const { bavail, blocks, bsize } = await statfs(folder);
    return { free: bavail * bsize, size: blocks * bsize };
  } catch {
    return null;
  }
}

async function statsOf(path: string) {
  try {
    return await stat(path);
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return null;
    throw thrown;
  }
}
