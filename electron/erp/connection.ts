import { serverMessages } from '@shared/erp/server-messages';
import { AppError, type ServerMessage } from '@shared/errors';
import type { Log } from '../log';
import { meterRequest, unmetered, type Meter, type MeteredRequest } from './meter';
import { AskedPauses } from './asked-pauses';
import { cancelled, request, type Answer, type ErpRequest, type Priority, type Site } from './request';
import { retryWait, type Pace } from './retry';
import { RequestSlots } from './request-slots';
import type { Fetch, SendStream } from './transport';

/** What a client of one account on one site is made of. */
export type ConnectionOptions = {
  /** Origin of the site, with the path it lives under, if any; no slash at the end. */
  siteUrl: string;
  /** The header `Authorization`, asked anew for each request; null to ask as a guest. */
  authorization: () => string | null;
  fetch: Fetch;
  sendStream: SendStream;
  pace: Pace;
  log: Log;
  /** Counts what is asked; nobody does unless given. */
  meter?: Meter;
  timeouts?: Partial<Timeouts>;
};

/** All in ms. Saving a long document takes seconds, and a server goes on after a client gave up. */
export type Timeouts = {
  /** Until an answer begins. */
  ping: number;
  read: number;
  write: number;
  /** Without a piece of a file taken or an answer begun. */
  upload: number;
  /** Without a piece of an answer that has begun. */
  silence: number;
};

const usualTimeouts: Timeouts = { ping: 10_000, read: 60_000, write: 120_000, upload: 120_000, silence: 60_000 };

export type Asking = { priority?: Priority | undefined; signal: AbortSignal };

/** Requests of one account: slots, cancellation, and the repetition of what is safe to repeat. */
export class Connection {
  readonly siteUrl: string;
  readonly fetch: Fetch;
  readonly sendStream: SendStream;
  readonly authorization: () => string | null;
  readonly timeouts: Timeouts;
  readonly #slots = new RequestSlots();
  readonly #pace: Pace;
  readonly #log: Log;
  readonly #meter: Meter;
  /** A call that began is finished: half a page is worth nothing, and an upload still less. */
  readonly #admitted = new WeakSet<Asking>();
  readonly #pauses: AskedPauses;

  constructor(options: ConnectionOptions) {
    this.siteUrl = options.siteUrl;
    this.fetch = options.fetch;
    this.sendStream = options.sendStream;
    this.authorization = options.authorization;
    this.timeouts = { ...usualTimeouts, ...options.timeouts };
    this.#pace = options.pace;
    this.#pauses = new AskedPauses(options.pace.now ?? (() => 0));
    this.#log = options.log;
    this.#meter = options.meter ?? unmetered;
  }

  /** `repeat`: the request changes nothing, so that it may be sent again (GET, and a list sent as POST). */
  async ask(ask: ErpRequest, asking: Asking, repeat: boolean): Promise<Answer> {
    const task = (metered: MeteredRequest) => request(this.#site(), ask, asking.signal, metered);
    let waited = 0;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.inSlot(ask.label, asking, task, { retried: attempt > 1, waited });
      } catch (thrown) {
        const error = AppError.from(thrown);
        const wait = repeat ? retryWait(error, attempt, this.#pace.random) : null;
        if (wait === null) throw error;
        waited = this.#pauses.now() + wait;
        this.#log.debug('erp', `${ask.label}: ${error.code}, again in ${Math.round(wait)} ms`);
        await this.#sleep(wait, ask.label, asking.signal);
      }
    }
  }

  /**
   * Runs a task, which is one request, in a request slot, and counts it; a call taken back while it waits is `cancelled`.
   * `waited`: until when it has waited already, for a pause that it was asked for itself.
   * @throws AppError `budget` or `rate-limited` before anything is sent, where background work has to wait
   */
  async inSlot<T>(
    label: string,
    asking: Asking,
    task: (metered: MeteredRequest) => Promise<T>,
    { retried, waited } = { retried: false, waited: 0 },
  ): Promise<T> {
    const admitted = (): Promise<T> => {
      this.#admit(label, asking, waited);
      return this.#counted(label, asking, task, retried);
    };
    try {
      return await this.#slots.run(admitted, asking.priority ?? 'bulk', asking.signal);
    } catch (thrown) {
      if (asking.signal.aborted) throw cancelled(label);
      throw thrown;
    }
  }

  async #counted<T>(label: string, asking: Asking, task: (metered: MeteredRequest) => Promise<T>, retried: boolean): Promise<T> {
    const metered = meterRequest(this.#meter, label, retried);
    try {
      const answer = await task(metered);
      metered.ended('answered');
      return answer;
    } catch (thrown) {
      this.#pauses.note(AppError.from(thrown));
      metered.ended(asking.signal.aborted ? 'cancelled' : 'failed');
      throw thrown;
    }
  }

  #admit(label: string, asking: Asking, waited: number): void {
    if (asking.priority === 'interactive') return;
    this.#pauses.hold(label, waited);
    if (this.#admitted.has(asking)) return;
    this.#meter.admitBackground();
    this.#admitted.add(asking);
  }

  #site(): Site {
    const { siteUrl, fetch, timeouts } = this;
    return { siteUrl, authorization: this.authorization(), fetch, silenceMs: timeouts.silence };
  }

  async #sleep(ms: number, label: string, signal: AbortSignal): Promise<void> {
    try {
      await this.#pace.sleep(ms, signal);
    } catch (thrown) {
      if (signal.aborted) throw cancelled(label);
      throw thrown;
    }
  }
}

export const notesOf = (answer: Answer): ServerMessage[] => serverMessages(answer.envelope);
