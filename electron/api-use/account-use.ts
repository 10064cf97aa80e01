import { budgetOf } from '@shared/api-use/budget';
import type { Budget } from '@shared/api-use/budget';
import { useReport } from '@shared/api-use/report';
import { counted, emptyRing, within } from '@shared/api-use/ring';
import type { Change, Ring, Span } from '@shared/api-use/ring';
import type { ApiUse, Room } from '@shared/bridge/api-use';
import { AppError } from '@shared/errors';
import type { Meter } from '../erp/meter';

const liftedMs = 10 * 60_000;

/** What one account asked in the last day. `limit`: requests in an hour that sync keeps to, 0 for as many as it takes. */
export class AccountUse implements Meter {
  readonly #now: () => number;
  readonly #limit: () => number;
  readonly #changed: () => void;
  #ring: Ring = emptyRing();
  #room: Room | null = null;
  #liftedUntil = 0;

  constructor(options: { now: () => number; limit: () => number; changed: () => void }) {
    this.#now = options.now;
    this.#limit = options.limit;
    this.#changed = options.changed;
  }

  readonly clock = (): number => performance.now();

  get ring(): Ring {
    return this.#ring;
  }

  /** What is known from before this start. */
  goOnFrom(ring: Ring): void {
    this.#ring = ring;
  }

  count(endpoint: string, change: Change): void {
    this.#ring = counted(this.#ring, this.#now(), endpoint, change);
    this.#changed();
  }

  room(room: Omit<Room, 'at'>): void {
    this.#room = { ...room, at: this.#now() };
  }

  admitBackground(): void {
    const budget = this.#budget();
    if (budget === null || budget.goesOnAt === null || this.#now() < this.#liftedUntil) return;
    throw new AppError(
      'budget',
      'The requests that you let sync make in an hour are used up. The work waits on this device, and goes on by itself.',
      { retryAfter: Math.max(1, Math.ceil((budget.goesOnAt - this.#now()) / 1000)) },
    );
  }

  lift(): void {
    this.#liftedUntil = this.#now() + liftedMs;
  }

  read(span: Span): ApiUse {
    const budget = this.#budget();
    const now = this.#now();
    const liftedUntil = this.#liftedUntil > now ? this.#liftedUntil : null;
    return { report: useReport(this.#ring, span, now), room: this.#room, budget: budget === null ? null : { ...budget, liftedUntil } };
  }

  #budget(): Budget | null {
    const limit = this.#limit();
    return limit === 0 ? null : budgetOf(limit, within(this.#ring, 'hour', this.#now()), this.#now());
  }
}
