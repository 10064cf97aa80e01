import { isDue } from '@shared/sync/due';
import type { SyncCommand } from '@shared/sync/sync-state';

/** A window tells no more often than this (ms) that somebody looks at it; the engine decides what that is worth. */
const tellEveryMs = 2_000;

type Attention = {
  window: EventTarget;
  document: EventTarget & { readonly visibilityState: string };
  now: () => number;
  tell: (command: SyncCommand) => void;
};

/** Tells the engine when a person comes back to the window, or the window to the network. Returns what ends that. */
export function watchAttention({ window, document, now, tell }: Attention): () => void {
  let toldAt: number | null = null;
  const looking = (): void => {
    if (document.visibilityState !== 'visible' || (toldAt !== null && !isDue(toldAt, now(), tellEveryMs))) return;
    toldAt = now();
    tell({ kind: 'focus' });
  };
  const connected = (): void => tell({ kind: 'wake' });
  const ending = new AbortController();
  const { signal } = ending;
  window.addEventListener('focus', looking, { signal });
  document.addEventListener('visibilitychange', looking, { signal });
  window.addEventListener('online', connected, { signal });
  return () => ending.abort();
}
