import type { Timers } from '../../renderer/timers';

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
    let next: Timer | undefined;
    for (const timer of this.#timers)
      if (next === undefined || timer.at < next.at || (timer.at === next.at && timer.order < next.order)) next = timer;
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

/** What goes on without end goes on in its thread after this, too. */
export class NeverAtRest extends Error {
  override name = 'NeverAtRest';
}

/** Many times what the largest download of a test takes. */
const mostTurns = 300_000;

const soon = globalThis.setImmediate;
let scheduled = 0;
const counted = (...args: Parameters<typeof setImmediate>): NodeJS.Immediate => {
  scheduled += 1;
  return soon(...args);
};
globalThis.setImmediate = Object.assign(counted, soon);

/**
 * Lets everything that is ready run, until only the passing of time can bring more: promises and streams end within a
 * turn of the event loop, and fake-indexeddb asks for the next one with `setImmediate`.
 * @throws NeverAtRest
 */
export async function turns(): Promise<void> {
  let turned = 0;
  for (let calm = 0; calm < 2;) {
    turned += 1;
    if (turned > mostTurns) throw new NeverAtRest(`still busy after ${mostTurns} turns without time passing`);
    const before = scheduled;
    await new Promise((resolve) => soon(resolve));
    calm = scheduled === before ? calm + 1 : 0;
  }
}
