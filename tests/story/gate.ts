type Answer = (request: Request) => Promise<Response>;

/** A server that does not answer certain requests until it is opened: a download caught in the middle. */
export class Gate {
  readonly #waiting: (() => void)[] = [];
  readonly #holds: (url: URL) => boolean;
  #open = false;
  #reach: () => void = () => undefined;
  /** Resolves once a request is held. */
  readonly reached = new Promise<void>((resolve) => (this.#reach = resolve));

  constructor(holds: (url: URL) => boolean) {
    this.#holds = holds;
  }

  readonly guard =
    (answer: Answer): Answer =>
    async (request) => {
      if (!this.#open && this.#holds(new URL(request.url))) {
        this.#reach();
        await new Promise<void>((resolve) => this.#waiting.push(resolve));
      }
      return answer(request);
    };

  open(): void {
    this.#open = true;
    for (const resume of this.#waiting.splice(0)) resume();
  }
}
