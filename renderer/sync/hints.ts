import type { LiveHint } from '@shared/bridge/live';
import { documentKey, nextDue, nothingPending, takeDue, withHint, withWritten } from '@shared/sync/hints';
import type { Pending, Written } from '@shared/sync/hints';
import type { Ports } from './ports';

export type DueHints = Pick<ReturnType<typeof takeDue>, 'doctypes' | 'documents'> & {
  /** Everything may have changed since then (ms). */
  all: number | null;
};

/** The hints that came in and were not acted on yet. When some are due, `run` is called. */
export class Hints {
  readonly #ports: Pick<Ports, 'timers' | 'now' | 'random'>;
  readonly #run: () => void;
  readonly #pulledAt = new Map<string, number>();
  #pending: Pending = nothingPending;
  #written: Written = new Map();
  #missedAt = 0;
  #cancelTimer: () => void = () => undefined;

  constructor(ports: Pick<Ports, 'timers' | 'now' | 'random'>, run: () => void) {
    this.#ports = ports;
    this.#run = run;
  }

  add(hint: LiveHint): void {
    if (hint.kind === 'missed') this.#missedAt = hint.connectedAt;
    const pulledAt = hint.kind === 'list' ? this.#pulledAt.get(hint.doctype) : undefined;
    this.#pending = withHint(this.#pending, hint, { now: this.#ports.now(), random: this.#ports.random(), pulledAt });
    this.#wait();
  }

  /** This device wrote it: the server will tell of that as well. */
  wrote(doctype: string, name: string): void {
    this.#written = withWritten(this.#written, documentKey(doctype, name), this.#ports.now());
  }

  /** What is to be done now; it is taken for done. */
  take(user: string): DueHints {
    const now = this.#ports.now();
    const { left, all, doctypes, documents } = takeDue(this.#pending, now, { user, written: this.#written });
    this.#pending = left;
    for (const { doctype } of doctypes) this.#pulledAt.set(doctype, now);
    this.#wait();
    return { doctypes, documents, all: all ? this.#missedAt : null };
  }

  /** Nothing more is wanted of what came so far. */
  drop(): void {
    this.#pending = nothingPending;
    this.#cancelTimer();
  }

  #wait(): void {
    this.#cancelTimer();
    const due = nextDue(this.#pending);
    if (due !== null) this.#cancelTimer = this.#ports.timers.after(Math.max(0, due - this.#ports.now()), this.#run);
  }
}
