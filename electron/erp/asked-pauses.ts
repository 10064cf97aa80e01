import { AppError } from '@shared/errors';

/**
 * The pauses that the server asked for. One answer that asks for one counts for all background work of the account, also for what
 * waits for its slot by then: the caller that hears of it pauses, but has asked for more already.
 */
export class AskedPauses {
  readonly now: () => number;
  #until = 0;

  /** `now`: ms of a clock that only goes on. */
  constructor(now: () => number) {
    this.now = now;
  }

  note(error: AppError): void {
    if (error.code !== 'rate-limited' && error.code !== 'busy') return;
    this.#until = Math.max(this.#until, this.now() + (error.details.retryAfter ?? 0) * 1000);
  }

  /** `waited`: until when the request itself has waited already. @throws AppError `rate-limited`, and nothing was sent */
  hold(request: string, waited: number): void {
    const left = this.#until - this.now();
    if (left <= 0 || this.#until <= waited) return;
    throw new AppError('rate-limited', 'The server asked for a pause. The work waits on this device and goes on by itself.', {
      retryAfter: left / 1000,
      request,
    });
  }
}
