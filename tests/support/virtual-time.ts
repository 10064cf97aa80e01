import type { Timers } from '../../renderer/sync/ports';

type Timer = { at: number; order: number; callback: () => void };

/** A clock that stands still until it is told to go on; timers fire in order of their time. */
export class VirtualTime implements Timers {
  #now: number;
  #order = 0;
  readonly #timers = new Set<Timer>();

  constructor(start = Date.UTC(2026, 10, 23, 9, 0, 0)) {
    this.#now = start;
  }

  readonly now = (): number => this.#now;

  after(ms: number, callback: () => void): () => void {
    const timer: Timer = { at: this.#now + Math.max(0, ms), order: (this.#order += 1), callback };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }

  readonly sleep = (ms: number): Promise<void> => new Promise((resolve) => void this.after(ms, resolve));

  /** Fires the next timer if it is due within `ms`; false when there is none, and the time has passed. */
  step(until: number): boolean {
    const [next] = [...this.#timers].sort((a, b) => a.at - b.at || a.order - b.order);
    if (next === undefined || next.at > until) {
      this.#now = Math.max(this.#now, until);
      return false;
    }
    this.#timers.delete(next);
    this.#now = Math.max(this.#now, next.at);
    next.callback();
    return true;
  }
}

/** Lets everything that is ready run: fake-indexeddb and streams live on these turns of the event loop. */
export async function turns(count = 3): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
