import type { Bridge } from '@shared/bridge';
import type { Cache } from '../../renderer/cache/open-cache';
import type { Ports } from '../../renderer/sync/ports';

/**
 * A process that can be killed at a chosen effect, before it or right after it: from then on none of its effects ever
 * settles, and its connection to the database is gone. A new engine then opens the same database.
 */
export class Process {
  #left = Number.POSITIVE_INFINITY;
  #after = false;
  #cache: Cache | null = null;
  readonly #open = new Set<IDBTransaction>();
  dead = false;
  #killed: () => void = () => undefined;
  readonly killed: Promise<void> = new Promise((resolve) => {
    this.#killed = resolve;
  });

  /** Dies at the effect so many from now. */
  dieAt(effects: number, after: boolean): void {
    this.#left = effects;
    this.#after = after;
  }

  /** Dies at once. */
  end(): void {
    void this.#die();
  }

  /** Everything that reaches outside goes through here. */
  wrap(ports: Ports): Ports {
    this.#cache = ports.cache;
    this.#wrapTransactions(ports.cache);
    this.#watchOpen(ports.cache);
    return {
      ...ports,
      log: (level, message) => (this.dead ? undefined : ports.log(level, message)),
      bridge: this.#wrapBridge(ports.bridge),
      timers: { after: (ms, callback) => ports.timers.after(ms, () => (this.dead ? undefined : callback())) },
    };
  }

  #wrapBridge(bridge: Bridge): Bridge {
    const services = Object.entries(bridge).map(([service, methods]) => [
      service,
      Object.fromEntries(
        Object.entries(methods).map(([name, method]) => [
          name,
          // Each method takes parameters and gives a promise; their types are kept by the contract.
          (...args: unknown[]) => this.#effect(() => (method as (...given: unknown[]) => Promise<unknown>)(...args)),
        ]),
      ),
    ]);
    // Built from the bridge's own keys, one function a method.
    return Object.fromEntries(services) as Bridge;
  }

  /** Dexie's `transaction` is the one door to a change that must be whole. */
  #wrapTransactions(cache: Cache): void {
    const original = cache.transaction.bind(cache) as (...args: unknown[]) => Promise<unknown>;
    Object.assign(cache, { transaction: (...args: unknown[]) => this.#effect(() => original(...args)) });
  }

  /** What a process leaves open when it ends is undone by the browser. */
  #watchOpen(cache: Cache): void {
    cache.on('ready', () => {
      const database = cache.backendDB();
      const begin = database.transaction.bind(database);
      Object.assign(database, {
        transaction: (...args: Parameters<typeof begin>) => {
          const begun = begin(...args);
          this.#open.add(begun);
          for (const end of ['complete', 'abort']) begun.addEventListener(end, () => this.#open.delete(begun));
          return begun;
        },
      });
    });
  }

  #abortOpen(): void {
    for (const transaction of this.#open) {
      try {
        transaction.abort();
      } catch (thrown) {
        // Committing already.
        if (!(thrown instanceof DOMException) || thrown.name !== 'InvalidStateError') throw thrown;
      }
    }
  }

  async #effect<T>(run: () => Promise<T>): Promise<T> {
    if (this.dead) return never();
    this.#left -= 1;
    const here = this.#left <= 0;
    if (here && !this.#after) return this.#die();
    try {
      const result = await run();
      if (here) return await this.#die();
      return this.dead ? await never() : result;
    } catch (thrown) {
      if (this.dead) return never();
      throw thrown;
    }
  }

  /** Once: the database that is opened next is none of its own. */
  #die<T>(): Promise<T> {
    if (this.dead) return never();
    this.dead = true;
    this.#abortOpen();
    this.#cache?.close();
    this.#killed();
    return never();
  }
}

const never = <T>(): Promise<T> => new Promise<T>(() => undefined);
