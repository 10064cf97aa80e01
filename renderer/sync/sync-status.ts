import type { PullProgress, SyncState } from '@shared/sync/sync-state';
import type { ConnectivityWatch } from './connectivity';
import type { PushProgress } from './push/push';
import type { Traffic } from './watched-bridge';

/** What the engine says of itself, published at each change. */
export class SyncStatus {
  readonly traffic: Traffic = { requests: 0, bytes: 0, retries: 0 };
  readonly #watch: ConnectivityWatch;
  readonly #publish: (state: SyncState) => void;
  #state: SyncState;
  #sending: PushProgress | null = null;
  #pulling = false;

  constructor(account: string, watch: ConnectivityWatch, publish: (state: SyncState) => void) {
    this.#watch = watch;
    this.#publish = publish;
    this.#state = {
      account, connectivity: watch.state, lastContact: null, lastSync: null, activity: { kind: 'idle' }, pulls: {}, traffic: { ...this.traffic },
    };
  }

  get state(): SyncState {
    return this.#state;
  }

  change(part: Partial<SyncState>): void {
    this.#state = {
      ...this.#state, ...part,
      connectivity: this.#watch.state, lastContact: this.#watch.lastContact, traffic: { ...this.traffic }, activity: this.#activity(part.pulls ?? this.#state.pulls),
    };
    this.#publish(this.#state);
  }

  /** Null when there is nothing to send now. */
  sending(progress: PushProgress | null): void {
    if (progress === null && this.#sending === null) return;
    this.#sending = progress;
    this.change({});
  }

  pulled(progress: PullProgress): void {
    this.#pulling = true;
    this.change({ pulls: { ...this.#state.pulls, [progress.doctype]: { ...progress } } });
  }

  /** A round of downloading ended; `at` (ms) when it was complete. */
  downloaded(at: number | null): void {
    this.#pulling = false;
    this.change(at === null ? {} : { lastSync: at });
  }

  #activity(pulls: SyncState['pulls']): SyncState['activity'] {
    if (this.#sending !== null) return { kind: 'sending', ...this.#sending };
    const running = this.#pulling ? Object.values(pulls).filter(({ state }) => state === 'downloading') : [];
    if (running.length === 0) return { kind: 'idle' };
    const done = running.reduce((sum, pull) => sum + pull.done, 0);
    const counted = running.every(({ total }) => total !== null);
    return { kind: 'downloading', done, total: counted ? running.reduce((sum, { total }) => sum + (total ?? 0), 0) : null };
  }
}
