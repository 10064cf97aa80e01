import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

/** The process and all that it started, by what the system tells of their parents. */
export function familyOf(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const parent = fieldsOf(Number(name))?.[1];
    if (parent !== undefined) parents.set(Number(name), Number(parent));
  }
  const family = [pid];
  // Grows while it is walked through.
  for (const one of family) for (const [child, parent] of parents) if (parent === one) family.push(child);
  return family;
}

/** What they hold in memory, each shared page counted once among those who share it (MB). */
export const memoryOf = (pids: readonly number[]): number =>
  pids.reduce((sum, pid) => sum + Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0), 0) / 1024;

/** The processor time that they took so far (ms). */
export const processorOf = (pids: readonly number[]): number =>
  (pids.reduce((sum, pid) => sum + Number(fieldsOf(pid)?.[11] ?? 0) + Number(fieldsOf(pid)?.[12] ?? 0), 0) * 1000) / ticks();

/** Empties the system's cache of files, so that a start reads from the disk. False where it does not let us. */
export function emptyFileCache(): boolean {
  try {
    execFileSync('sync');
    writeFileSync('/proc/sys/vm/drop_caches', '3');
    return true;
  } catch {
    return false;
  }
}

const ticks = (): number => Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** What stands after the name in /proc/PID/stat: state, parent, …; a process may be gone by now. */
const fieldsOf = (pid: number): string[] | undefined => /\) (.*)$/s.exec(read(`/proc/${pid}/stat`))?.[1]?.split(' ');

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // It has ended.
  }
}
