import PQueue from 'p-queue';
import type { Priority } from './request';

const total = 4;

/**
 * At most 4 requests at once, bulk work at most 3 of them: one slot is kept for what a person waits for,
 * which also passes whatever bulk work is waiting.
 */
export class RequestSlots {
  readonly #all = new PQueue({ concurrency: total });
  readonly #bulk = new PQueue({ concurrency: total - 1 });

  run<T>(task: () => Promise<T>, priority: Priority, signal: AbortSignal): Promise<T> {
    if (priority === 'interactive') return this.#all.add(task, { priority: 1, signal });
    return this.#bulk.add(() => this.#all.add(task, { priority: 0, signal }), { signal });
  }
}
