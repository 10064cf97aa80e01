import { AppError } from '@shared/errors';
import { afterAway, backOff } from '@shared/sync/backoff';
import { clockOff } from '@shared/sync/clock-off';
import { errorWords } from '@shared/sync/decision-words';
import type { Connectivity, SyncState } from '@shared/sync/sync-state';
import type { Ports } from './ports';

/** From when (ms), and for how long. */
type Span = { at: number; ms: number };

/** How much of it is to come (ms): never more than all of it, wherever the clock was set since. */
const leftOf = (span: Span | null, now: number): number => (span === null ? 0 : Math.max(0, Math.min(span.ms, span.at + span.ms - now)));

/**
 * Whether the server can be asked now, decided by real answers and a light ping with back-off. While offline nothing
 * is tried but the ping; while paused (429, 503), signed out or offline by choice, not even that.
 */
export class ConnectivityWatch {
  readonly #ports: Pick<Ports, 'bridge' | 'account' | 'timers' | 'now' | 'random' | 'log'>;
  readonly #changed: () => void;
  #state: Connectivity = { kind: 'online' };
  #chosenOffline = false;
  #failures = 0;
  #cancelTimer: () => void = () => undefined;
  #checking = false;
  /** How long the answer to a ping asked to wait. */
  #pingRests: Span | null = null;
  #lastContact: number | null = null;
  #lastDate: string | null = null;
  #clockOff: number | null = null;
  #pauses: SyncState['pauses'] = { count: 0, last: null };

  constructor(ports: Pick<Ports, 'bridge' | 'account' | 'timers' | 'now' | 'random' | 'log'>, changed: () => void) {
    this.#ports = ports;
    this.#changed = changed;
  }

  get state(): Connectivity {
    return this.#chosenOffline ? { kind: 'chosen-offline' } : this.#state;
  }

  /** When the server last answered anything (ms). */
  get lastContact(): number | null {
    return this.#lastContact;
  }

  /** The server's own clock at its last answer (header `Date`). */
  get lastDate(): string | null {
    return this.#lastDate;
  }

  /** How far this device's clock is from the server's (ms), where a person should know. */
  get clockOff(): number | null {
    return this.#clockOff;
  }

  /** Pauses that began so far. */
  get pauses(): SyncState['pauses'] {
    return this.#pauses;
  }

  get mayAsk(): boolean {
    return this.state.kind === 'online';
  }

  /** What a person waits for is asked also where the requests of background work are used up. */
  mayAskFor(priority: 'interactive' | 'bulk'): boolean {
    return this.mayAsk || (priority === 'interactive' && this.state.kind === 'budget');
  }

  /** The server answered: an answer that refuses is an answer too. */
  answered(date: string | null): void {
    this.#lastContact = this.#ports.now();
    this.#lastDate = date ?? this.#lastDate;
    if (date !== null) this.#tellClock(clockOff(this.#lastContact, date));
    this.#failures = 0;
    this.#pingRests = null;
    if (this.#state.kind === 'offline') this.#enter({ kind: 'online' }, 'the server answered');
  }

  #tellClock(off: number | null): void {
    const news = (off === null) !== (this.#clockOff === null);
    this.#clockOff = off;
    if (!news) return;
    this.#ports.log('info', off === null ? 'the clock is right again' : `the clock is off by ${off} ms`);
    this.#changed();
  }

  /** Nothing that is Frappe's answered: is the server there at all? */
  check(): void {
    if (this.#checking || this.#isHeldUp || this.#chosenOffline) return;
    this.#cancelTimer();
    const rest = leftOf(this.#pingRests, this.#ports.now());
    if (rest > 0) {
      this.#cancelTimer = this.#ports.timers.after(rest, () => this.check());
      return;
    }
    this.#checking = true;
    this.#ports.bridge.erp.ping({ account: this.#ports.account }).then(
      ({ date }) => {
        this.#checking = false;
        this.answered(date);
      },
      (thrown: unknown) => {
        this.#checking = false;
        this.#pingFailed(AppError.from(thrown));
      },
    );
  }

  #pingFailed(error: AppError): void {
    if (error.code === 'sign-in' || error.code === 'no-account') return this.signedOut(error);
    if (error.code === 'rate-limited' || error.code === 'busy') return this.pause(error.details.retryAfter, error);
    // Another answer said more than this one meanwhile.
    if (this.#isHeldUp) return;
    const wait = Math.max(1_000, backOff(this.#failures, this.#ports.random(), error.details.retryAfter));
    this.#failures += 1;
    const now = this.#ports.now();
    this.#pingRests = error.details.retryAfter === undefined ? null : { at: now, ms: wait };
    const since = this.#state.kind === 'offline' ? this.#state.since : now;
    this.#enter({ kind: 'offline', since, nextTryAt: now + wait }, `ping failed, next in ${wait} ms: ${errorWords(error)}`);
    this.#cancelTimer = this.#ports.timers.after(wait, () => this.check());
  }

  /** By the server's own word: for a pause, or until somebody signs in. */
  get #isHeldUp(): boolean {
    return this.#state.kind === 'busy' || this.#state.kind === 'sign-in' || this.#state.kind === 'budget';
  }

  /** The requests that the person lets sync make in an hour are used up; in so many seconds there are some again. */
  budgetUsedUp(seconds: number | undefined): void {
    if (this.#state.kind === 'sign-in' || this.#state.kind === 'offline') return;
    const until = this.#ports.now() + Math.max(1_000, (seconds ?? 60) * 1000);
    // A pause that the server asked for comes first; what is left of this one is told after it.
    if (this.#state.kind === 'busy' && this.#state.until >= until) return;
    this.#enter({ kind: 'budget', until }, `the requests of the hour are used up, for ${until - this.#ports.now()} ms`);
    this.#cancelTimer();
    this.#cancelTimer = this.#ports.timers.after(until - this.#ports.now(), () => this.budgetChanged());
  }

  /** There may be requests again. */
  budgetChanged(): void {
    if (this.#state.kind !== 'budget') return;
    this.#cancelTimer();
    this.#enter({ kind: 'online' }, 'requests may be made again');
  }

  /** The server asked for a pause: `retryAfter` seconds, otherwise a back-off. One that lasts longer runs on. */
  pause(retryAfter: number | undefined, error: AppError): void {
    // What was held back on this device tells nothing that the answer before it did not.
    if (error.details.status === undefined && this.#isHeldUp) return;
    const wait = Math.max(1_000, backOff(this.#failures, this.#ports.random(), retryAfter));
    this.#failures += 1;
    if (this.#isHeldUp && this.#pauseLeft() >= wait) return;
    const at = this.#ports.now();
    this.#pauses = { count: this.#pauses.count + 1, last: { at, ms: wait, asked: retryAfter !== undefined } };
    // Whoever has to sign in goes on being told so; the rest of the pause follows it.
    if (this.#state.kind !== 'sign-in') this.#restUntil(at + wait, errorWords(error));
  }

  #pauseLeft(): number {
    return leftOf(this.#pauses.last, this.#ports.now());
  }

  #restUntil(until: number, why: string): void {
    const wait = until - this.#ports.now();
    this.#enter({ kind: 'busy', until }, `pause of ${wait} ms: ${why}`);
    this.#cancelTimer();
    this.#cancelTimer = this.#ports.timers.after(wait, () => {
      if (this.#state.kind === 'busy') this.#enter({ kind: 'online' }, 'pause over');
    });
  }

  signedOut(error: AppError): void {
    this.#cancelTimer();
    this.#enter({ kind: 'sign-in' }, errorWords(error));
  }

  signedIn(): void {
    if (this.#state.kind !== 'sign-in') return this.check();
    const left = this.#pauseLeft();
    if (left > 0) this.#restUntil(this.#ports.now() + left, 'what is left of one from before the sign-in');
    else this.#enter({ kind: 'online' }, 'signed in again');
  }

  /** A person looks, or asks for it: look again at once. */
  look(): void {
    if (this.#state.kind === 'offline') this.check();
  }

  /** The device woke, or its network is back: a hint to look again soon. Others hear of it in the same moment. */
  wake(): void {
    if (this.#state.kind !== 'offline' || this.#checking || this.#chosenOffline) return;
    const now = this.#ports.now();
    const nextTryAt = now + afterAway(now - this.#state.since, this.#ports.random());
    if (this.#state.nextTryAt !== null && this.#state.nextTryAt <= nextTryAt && this.#state.nextTryAt > now) return;
    this.#cancelTimer();
    this.#enter({ ...this.#state, nextTryAt }, `the network may be back, looked for in ${nextTryAt - now} ms`);
    this.#cancelTimer = this.#ports.timers.after(nextTryAt - now, () => this.check());
  }

  workOffline(on: boolean): void {
    this.#chosenOffline = on;
    // A pause that the server asked for runs on; only the pings stop.
    if (this.#state.kind === 'offline') {
      if (on) this.#cancelTimer();
      else this.check();
    }
    this.#changed();
  }

  stop(): void {
    this.#cancelTimer();
  }

  #enter(state: Connectivity, reason: string): void {
    this.#ports.log('info', `${state.kind}: ${reason}`);
    this.#state = state;
    this.#changed();
  }
}
