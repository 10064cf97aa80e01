/** What a window shows, as it told last. */
export type WindowReport = {
  account: string;
  hidden: boolean;
  /** Null where the page cannot know. */
  onBattery: boolean | null;
  document: { doctype: string; name: string } | null;
};

/** A window that was silent for so long (ms) is closed, crashed or asleep. */
const silentMs = 150_000;

/** The windows that are open, by what they tell of themselves: a closed one says nothing. */
export class Windows {
  readonly #reports = new Map<string, WindowReport & { at: number }>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  report(window: string, report: WindowReport): void {
    this.#reports.set(window, { ...report, at: this.#now() });
  }

  /** Nobody can see any of them. */
  get hidden(): boolean {
    return this.#open().every((report) => report.hidden);
  }

  get onBattery(): boolean {
    // Where no page knows, and where none is open, the power is to be spared.
    const known = this.#open().flatMap(({ onBattery }) => (onBattery === null ? [] : [onBattery]));
    return known.length === 0 ? this.#open().length === 0 : known.some(Boolean);
  }

  /** The documents of an account that somebody looks at. */
  documents(account: string): { doctype: string; name: string }[] {
    return this.#open().flatMap((report) =>
      report.account === account && !report.hidden && report.document !== null ? [report.document] : [],
    );
  }

  #open(): WindowReport[] {
    for (const [window, { at }] of this.#reports) if (this.#now() - at > silentMs) this.#reports.delete(window);
    return [...this.#reports.values()];
  }
}
