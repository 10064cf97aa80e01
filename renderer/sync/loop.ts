import { AppError } from '@shared/errors';
import { backOff } from '@shared/sync/backoff';
import type { Ports } from './ports';

/**
 * Runs a task, never twice at once; asked again meanwhile, it runs once more. The task answers in how many milliseconds
 * it is to run again by itself, or null. One that fails runs again after a back-off: a loop never dies of it.
 */
export class Loop {
  readonly #task: () => Promise<number | null>;
  readonly #ports: Pick<Ports, 'timers' | 'random' | 'log'>;
  #running: Promise<void> | null = null;
  #again = false;
  #stopped = false;
  #failures = 0;
  #cancelTimer: () => void = () => undefined;

  constructor(task: () => Promise<number | null>, ports: Pick<Ports, 'timers' | 'random' | 'log'>) {
    this.#task = task;
    this.#ports = ports;
  }

  get busy(): boolean {
    return this.#running !== null;
  }

  run(): void {
    if (this.#stopped) return;
    if (this.#running !== null) {
      this.#again = true;
      return;
    }
    this.#running = this.#all().finally(() => {
      this.#running = null;
    });
  }

  ended(): Promise<void> {
    return this.#running ?? Promise.resolve();
  }

  /** Does not run again by itself until it is asked to. */
  rest(): void {
    this.#cancelTimer();
  }

  /** For good; what is under way ends by itself. */
  stop(): void {
    this.#stopped = true;
    this.#cancelTimer();
  }

  async #all(): Promise<void> {
    let wait: number | null;
    do {
      this.#again = false;
      this.#cancelTimer();
      wait = await this.#once();
    } while (this.#again);
    if (wait !== null && !this.#stopped) this.#cancelTimer = this.#ports.timers.after(wait, () => this.run());
  }

  async #once(): Promise<number | null> {
    try {
      const wait = await this.#task();
      this.#failures = 0;
      return wait;
    } catch (thrown) {
      const wait = Math.max(1_000, backOff(this.#failures, this.#ports.random()));
      this.#failures += 1;
      this.#ports.log('error', `${AppError.from(thrown).message} Tried again in ${wait} ms.`);
      return wait;
    }
  }
}
