/** Runs a task, never twice at once; asked again meanwhile, it runs once more. */
export class Loop {
  readonly #task: () => Promise<void>;
  readonly #failed: (thrown: unknown) => void;
  #running: Promise<void> | null = null;
  #again = false;

  /** `failed` is told what the task throws: the loop itself goes on living. */
  constructor(task: () => Promise<void>, failed: (thrown: unknown) => void) {
    this.#task = task;
    this.#failed = failed;
  }

  get busy(): boolean {
    return this.#running !== null;
  }

  run(): void {
    if (this.#running !== null) {
      this.#again = true;
      return;
    }
    this.#running = this.#all().finally(() => {
      this.#running = null;
    });
  }

  ended(): Promise<void> {
    return this.#running ?? Promise.resolve();
  }

  async #all(): Promise<void> {
    do {
      this.#again = false;
      await this.#task().catch(this.#failed);
    } while (this.#again);
  }
}
