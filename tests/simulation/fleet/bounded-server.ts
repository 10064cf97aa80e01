import type { Random } from '../../../electron/demo/engine/random';
import type { Fetch } from '../../../electron/demo/rest/serve';
import type { VirtualTime } from '../../support/virtual-time';

/** What a server can do. Times in ms. */
export type Capacity = {
  /** Requests in work at once. */
  workers: number;
  /** How long one of them is busy with a read, and with a write. */
  readMs: number;
  writeMs: number;
  /** Requests that wait for a worker; whatever comes then is refused with 429. */
  queue: number;
  /** Seconds that a refused one is asked to wait: one of these. */
  retryAfter: readonly number[];
};

export const capacityOf = (workers: number): Capacity => ({ workers, readMs: 100, writeMs: 250, queue: 4 * workers, retryAfter: [5, 30] });

/** How many requests a second a server of that capacity answers, where a part of them writes. */
export const answersASecond = ({ workers, readMs, writeMs }: Capacity, writes: number): number =>
  (workers * 1000) / (readMs * (1 - writes) + writeMs * writes);

/** A site behind so many workers and a queue, by virtual time. Counts what arrives. */
export class BoundedServer {
  /** When each request arrived (ms), refused ones too. */
  readonly arrivals: number[] = [];
  refused = 0;
  writes = 0;
  #busy = 0;
  readonly #waiting: (() => void)[] = [];
  readonly #answer: Fetch;
  readonly #options: Capacity & { time: VirtualTime; random: Random };

  constructor(answer: Fetch, options: Capacity & { time: VirtualTime; random: Random }) {
    this.#answer = answer;
    this.#options = options;
  }

  readonly fetch: Fetch = async (request) => {
    const { workers, queue, readMs, writeMs, time } = this.#options;
    this.arrivals.push(time.now());
    const writes = request.method !== 'GET';
    if (writes) this.writes += 1;
    if (this.#busy >= workers) {
      if (this.#waiting.length >= queue) return this.#refuse();
      await new Promise<void>((resolve) => void this.#waiting.push(resolve));
    } else this.#busy += 1;
    try {
      await time.sleep(writes ? writeMs : readMs);
      return await this.#answer(request);
    } finally {
      // The worker goes to whoever waits longest.
      const next = this.#waiting.shift();
      if (next === undefined) this.#busy -= 1;
      else next();
    }
  };

  #refuse(): Response {
    const { retryAfter, random, time } = this.#options;
    this.refused += 1;
    return new Response(JSON.stringify({ exc_type: 'TooManyRequestsError' }), {
      status: 429,
      headers: {
        'content-type': 'application/json',
        'retry-after': String(random.pick(retryAfter)),
        date: new Date(time.now()).toUTCString(),
      },
    });
  }
}
