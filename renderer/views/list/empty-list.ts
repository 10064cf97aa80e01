import type { PullProgress } from '@shared/sync/sync-state';

/** Why a list shows nothing: nothing matches, it is on its way, it was never downloaded, or there is none. */
export type EmptyList = 'no-match' | 'downloading' | 'not-here' | 'none';

/** `known`: the DocType's metadata is here. `pull`: its download, undefined while the engine has said nothing of it. */
export function emptyList(narrowed: boolean, known: boolean, pull: PullProgress | undefined): EmptyList {
  if (narrowed) return 'no-match';
  if (pull?.state === 'downloading') return 'downloading';
  return known && pull?.completedAt !== null ? 'none' : 'not-here';
}
