import { initialState } from '@shared/sync/sync-state';
import type { Comparison, PullProgress, SyncState } from '@shared/sync/sync-state';
import type { ConnectivityWatch } from './connectivity';
import type { PushProgress } from './push/push';
import type { Traffic } from './watched-bridge';

type Watched = Pick<ConnectivityWatch, 'state' | 'lastContact' | 'clockOff' | 'pauses'>;

/** What the engine says of itself, published at each change. */
export class SyncStatus {
  readonly traffic: Traffic = { requests: 0, bytes: 0, failed: 0 };
  readonly #watch: Watched;
  readonly #publish: (state: SyncState) => void;
  #state: SyncState;
  #sending: PushProgress | null = null;
  #round: PullRound | null = null;

  constructor(account: string, watch: Watched, publish: (state: SyncState) => void) {
    this.#watch = watch;
    this.#publish = publish;
    this.#state = { ...initialState(account), connectivity: watch.state, pauses: watch.pauses };
  }

  get state(): SyncState {
    return this.#state;
  }

  change(part: Partial<SyncState>): void {
    this.#state = {
      ...this.#state,
      ...part,
      connectivity: this.#watch.state,
      lastContact: this.#watch.lastContact,
      clockOff: this.#watch.clockOff,
      pauses: this.#watch.pauses,
      traffic: { ...this.traffic },
      activity: this.#activity(),
    };
    this.#publish(this.#state);
  }

  /** Null when there is nothing to send now. */
  sending(progress: PushProgress | null): void {
    if (progress === null && this.#sending === null) return;
    this.#sending = progress;
    this.change({});
  }

  /** A round of downloading begins with these DocTypes. */
  downloading(doctypes: readonly string[]): void {
    this.#round = { doctypes: new Map(doctypes.map((doctype) => [doctype, 0])), part: 0 };
    this.change({});
  }

  pulled(progress: PullProgress): void {
    if (this.#round !== null) advance(this.#round, progress);
    this.change({ pulls: { ...this.#state.pulls, [progress.doctype]: { ...progress } } });
  }

  /** One DocType of the round that began at `startedAt` (ms) was compared by names. */
  compared(doctype: string, cost: Omit<Comparison, 'at'>, startedAt: number, now: number): void {
    const last = this.#state.comparison;
    const sum = last?.startedAt === startedAt ? last : { requests: 0, names: 0 };
    const comparison = { startedAt, requests: sum.requests + cost.requests, names: sum.names + cost.names, ms: now - startedAt };
    this.change({ comparison, comparisons: { ...this.#state.comparisons, [doctype]: { ...cost, at: now } } });
  }

  /** A round of downloading ended; `at` (ms) when it was complete. */
  downloaded(at: number | null): void {
    this.#round = null;
    this.change(at === null ? {} : { lastSync: at });
  }

  #activity(): SyncState['activity'] {
    if (this.#sending !== null) return { kind: 'sending', ...this.#sending };
    return this.#round === null ? { kind: 'idle' } : { kind: 'downloading', part: this.#round.part };
  }
}

/** How much of each DocType of a round is here, from 0 to 1, and of all together. */
type PullRound = { doctypes: Map<string, number>; part: number };

/** What the documents link to comes last and is counted as one DocType more, so that the whole is never reached before the end. */
function advance(round: PullRound, { doctype, state, done, total }: PullProgress): void {
  round.doctypes.set(doctype, state === 'downloading' ? (total ? Math.min(1, done / total) : 0) : 1);
  const sum = [...round.doctypes.values()].reduce((all, one) => all + one, 0);
  round.part = Math.max(round.part, sum / (round.doctypes.size + 1));
}
