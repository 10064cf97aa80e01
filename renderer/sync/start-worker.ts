import { initialState } from '@shared/sync/sync-state';
import type { SyncCommand, SyncState } from '@shared/sync/sync-state';
import { connectWorkerTo } from '../bridge/window';
import { handKey } from '../cache/worker-key';
import { watchAttention } from './attention';
import { syncChannel } from './channel-name';
import { isSyncMessage } from './sync-message';
import type { SyncMessage } from './sync-message';

/** A window's hold on the sync of one account, whichever window's worker runs the engine. */
export type SyncHandle = {
  /** The last state published; before the first, that nothing is known yet. */
  state(): SyncState;
  /** Returns a function that stops listening. */
  onState(listener: (state: SyncState) => void): () => void;
  send(command: SyncCommand): void;
  stop(): void;
};

/** Starts this window's worker for the account, whose database `key` opens. Its engine waits until no other window's engine runs. */
export function startSync(account: string, key: Uint8Array): SyncHandle {
  const channel = new BroadcastChannel(syncChannel(account));
  const post = (message: SyncMessage): void => channel.postMessage(message);
  const listeners = new Set<(state: SyncState) => void>();
  let state = initialState(account);
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (!isSyncMessage(data) || data.type !== 'state') return;
    state = data.state;
    listeners.forEach((listener) => listener(state));
  });
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: account });
  handKey(worker, key);
  void connectWorkerTo(worker);
  const tell = (command: SyncCommand): void => post({ type: 'command', command });
  const endAttention = watchAttention({ window, document, now: () => Date.now(), tell });
  post({ type: 'ask' });
  return {
    state: () => state,
    onState(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    send: tell,
    stop() {
      endAttention();
      listeners.clear();
      channel.close();
      worker.terminate();
    },
  };
}
