import type { ErrorCode } from '@shared/errors';
import { lowDiskBytes } from '@shared/files/room';
import type { SyncState } from '@shared/sync/sync-state';

/** What the engine found wrong with this device itself, to be said above every screen. */
export type DeviceNotice =
  /** Milliseconds; positive: ahead of the server. */
  | { kind: 'clock'; off: number }
  /** Bytes free on the disk: nearly none. */
  | { kind: 'disk-low'; free: number }
  /** Stays until it succeeds. */
  | { kind: 'copy-failing'; code: ErrorCode; message: string }
  /** How many changes in the safety copy cannot be read. */
  | { kind: 'copy-unreadable'; count: number }
  | { kind: 'copy-damaged' };

/**
 * `read`: the kinds that the person has closed; they are said once a start, and damage until it is read. `diskFree`: bytes, null
 * where nobody said.
 */
export function deviceNotices(
  state: Pick<SyncState, 'clockOff' | 'safetyCopy'> | null,
  read: ReadonlySet<DeviceNotice['kind']>,
  diskFree: number | null = null,
): DeviceNotice[] {
  if (state === null) return [];
  const { clockOff, safetyCopy } = state;
  const notices: DeviceNotice[] = [
    ...(diskFree === null || diskFree >= lowDiskBytes ? [] : [{ kind: 'disk-low' as const, free: diskFree }]),
    ...(clockOff === null ? [] : [{ kind: 'clock' as const, off: clockOff }]),
    ...(safetyCopy.failing === null ? [] : [{ kind: 'copy-failing' as const, ...safetyCopy.failing }]),
    ...(safetyCopy.unreadable === 0 ? [] : [{ kind: 'copy-unreadable' as const, count: safetyCopy.unreadable }]),
    ...(safetyCopy.damaged === 0 ? [] : [{ kind: 'copy-damaged' as const }]),
  ];
  return notices.filter(({ kind }) => !read.has(kind));
}
