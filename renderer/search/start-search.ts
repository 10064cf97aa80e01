import { createBirpc } from 'birpc';
import { AppError } from '@shared/errors';
import type { ErrorData } from '@shared/errors';
import { handKey } from '../cache/worker-key';
import type { SearchEvents, SearchFunctions } from './search-message';

/** A window's hold on the search of one account. */
export type SearchHandle = SearchFunctions & {
  /** Calls back when the same question may have another answer. Returns a function that stops. */
  onChange(listener: () => void): () => void;
  stop(): void;
};

/** Filters may be reactive values of a screen, which no message can carry. */
const plain = <T>(question: T): T => JSON.parse(JSON.stringify(question)) as T; // a copy of what is JSON anyway

/** The first screen is drawn before the index is read, unless somebody searches. */
const startsAfter = 2_000;

/** The search of an account, in a worker of its own. `key` opens its database; `failed` is told what went wrong while nobody asked. */
export function startSearch(account: string, key: Uint8Array, failed: (error: AppError) => void): SearchHandle {
  const listeners = new Set<() => void>();
  let started: { worker: Worker; ask: SearchFunctions } | null = null;

  const start = (): SearchFunctions => {
    clearTimeout(timer);
    started ??= open();
    return started.ask;
  };
  const timer = setTimeout(start, startsAfter);

  function open(): { worker: Worker; ask: SearchFunctions } {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: account });
    handKey(worker, key);
    const ask = createBirpc<SearchFunctions, SearchEvents>(
      {
        changed: () => listeners.forEach((listener) => listener()),
        failed: (problem: ErrorData) => failed(AppError.fromData(problem)),
      },
      {
        post: (message: unknown) => worker.postMessage(message),
        on: (listener) => worker.addEventListener('message', ({ data }: MessageEvent<unknown>) => listener(data)),
        // The first question waits until the index is there.
        timeout: -1,
      },
    );
    // What could not even be loaded answers nobody; the next question tries again.
    worker.addEventListener('error', ({ message }) => {
      const error = new AppError('internal', message);
      failed(error);
      void ask.$rejectPendingCalls(({ reject }) => reject(error));
      worker.terminate();
      started = null;
    });
    return { worker, ask };
  }

  return {
    search: (question) => start().search(question),
    links: (question) => start().links(plain(question)),
    connections: (document) => start().connections(document),
    neighbours: (asked) => start().neighbours(plain(asked)),
    groups: (asked) => start().groups(plain(asked)),
    list: (asked) => start().list(plain(asked)),
    alike: (question) => start().alike(question),
    insight: (asked) => start().insight(asked),
    scan: (code) => start().scan(code),
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    stop() {
      clearTimeout(timer);
      listeners.clear();
      started?.worker.terminate();
    },
  };
}
