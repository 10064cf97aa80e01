import { serverMessages } from '@shared/erp/server-messages';
import { AppError, type ServerMessage } from '@shared/errors';
import type { Log } from '../log';
import type { Credentials, SignedHeaders } from './credentials';
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
  /** Who asks. */
  credentials: Credentials;
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
  readonly timeouts: Timeouts;
  readonly #credentials: Credentials;
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
    this.#credentials = options.credentials;
    this.timeouts = { ...usualTimeouts, ...options.timeouts };
    this.#pace = options.pace;
    this.#pauses = new AskedPauses(options.pace.now ?? (() => 0));
    this.#log = options.log;
    this.#meter = options.meter ?? unmetered;
  }

  /** `repeat`: the request changes nothing, so that it may be sent again (GET, and a list sent as POST). */
  async ask(ask: ErpRequest, asking: Asking, repeat: boolean): Promise<Answer> {
    let waited = 0;
    for (let attempt = 1; ; attempt += 1) {
      try {
        const send = (headers: SignedHeaders, metered: MeteredRequest) => request(this.#site(headers), ask, asking.signal, metered);
        return await this.signed(ask.label, asking, send, { retried: attempt > 1, waited });
      } catch (thrown) {
        const error = AppError.from(thrown);
        const wait = repeat ? retryWait(error, attempt, this.#pace.random) : null;
        if (wait === null) throw error;
        waited = Math.max(waited, this.#pauses.now() + wait);
        this.#log.debug('erp', `${ask.label}: ${error.code}, again in ${Math.round(wait)} ms`);
        await this.#sleep(wait, ask.label, asking.signal);
      }
    }
  }

  /**
   * Sends something in a slot, with the account's headers. Where the site refuses them and others can be had, it is sent once
   * more: a refused sign-in has done nothing. What cannot be sent twice from here (`repeat` false) is `try-again` then.
   */
  async signed<T>(
    label: string,
    asking: Asking,
    send: (headers: SignedHeaders, metered: MeteredRequest) => Promise<T>,
    { repeat = true, retried = false, waited = 0 }: { repeat?: boolean; retried?: boolean; waited?: number } = {},
  ): Promise<T> {
    for (let first = true; ; first = false) {
      let sent: SignedHeaders = {};
      try {
        const task = async (metered: MeteredRequest): Promise<T> => send((sent = await this.#credentials.headers(asking.signal)), metered);
        const result = await this.inSlot(label, asking, task, { retried: retried || !first, waited });
        this.#credentials.served();
        return result;
      } catch (thrown) {
        if (!(thrown instanceof AppError) || !first || !(await this.#credentials.renew(thrown, sent, asking.signal))) throw thrown;
        if (!repeat) throw new AppError('try-again', 'The sign-in was renewed. This is sent again in a moment.', thrown.details);
        this.#log.debug('erp', `${label}: ${thrown.code}, again with a renewed sign-in`);
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

  #site(headers: SignedHeaders): Site {
    const { siteUrl, fetch, timeouts } = this;
    return { siteUrl, headers, fetch, silenceMs: timeouts.silence };
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
