import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type SmallDisk = { folder: string; remove(): void };

/** A file system of `kilobytes` that can really be full; null where this user may not mount one. */
export function smallDisk(kilobytes: number): SmallDisk | null {
  const folder = mkdtempSync(join(tmpdir(), 'fieldbook-disk-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    remove();
    return null; // The caller skips, visibly.
  }
  return {
    folder,
    remove() {
      execFileSync('umount', [folder]);
      remove();
    },
  };
}
