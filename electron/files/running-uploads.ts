/** One upload: the file on its way, the account and the document that it is for. */
export type RunningUpload = { account: string; file: string; docname: string };

const keyOf = ({ account, docname, file }: RunningUpload): string => [account, docname, file].join('\n');

/** Uploads under way, so that a window can stop what the sync worker asked for. */
export class RunningUploads {
  readonly #running = new Map<string, Set<AbortController>>();

  /** Sends under a signal that ends with the caller's, or when it is stopped. */
  async run<T>(upload: RunningUpload, signal: AbortSignal, send: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const key = keyOf(upload);
    const stopper = new AbortController();
    const running = this.#running.get(key) ?? new Set();
    this.#running.set(key, running.add(stopper));
    const stop = (): void => stopper.abort();
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop);
    try {
      return await send(stopper.signal);
    } finally {
      signal.removeEventListener('abort', stop);
      running.delete(stopper);
      if (running.size === 0) this.#running.delete(key);
    }
  }

  /** Does nothing where it is not under way (any more). What was sent of it may have arrived. */
  stop(upload: RunningUpload): void {
    for (const stopper of this.#running.get(keyOf(upload)) ?? []) stopper.abort();
  }
}
