import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../log';
import { storageFailure } from '../storage-failure';
import { AccountUse } from './account-use';
import { readUse, writeUse } from './use-file';

/** How long what was counted may be lost by a power cut: figures, not work. */
const writeAfterMs = 60_000;

/** What each account asks of its server, kept over restarts: a small file an account, without names of documents. */
export class ApiUses {
  readonly #options: { folder: string; log: Log; now: () => number; limit: () => number };
  readonly #uses = new Map<string, AccountUse>();
  readonly #unwritten = new Set<string>();
  #timer: NodeJS.Timeout | null = null;
  /** One write after another. */
  #writing: Promise<void> = Promise.resolve();

  constructor(options: { folder: string; log: Log; now: () => number; limit: () => number }) {
    this.#options = options;
  }

  /** Takes up what the accounts counted before. */
  async start(accounts: readonly string[]): Promise<void> {
    await Promise.all(accounts.map(async (account) => this.of(account).goOnFrom(await readUse(this.#path(account)))));
  }

  of(account: string): AccountUse {
    const known = this.#uses.get(account);
    if (known !== undefined) return known;
    const { now, limit } = this.#options;
    const use = new AccountUse({ now, limit, changed: () => this.#writeSoon(account) });
    this.#uses.set(account, use);
    return use;
  }

  /** Forgets what a removed account asked, on the disk too. */
  remove(account: string): Promise<void> {
    this.#uses.delete(account);
    this.#unwritten.delete(account);
    const removed = this.#writing.then(() => rm(this.#path(account), { force: true }));
    // Whoever removes hears of a failure; the next write does not.
    this.#writing = removed.catch(() => undefined);
    return removed;
  }

  async close(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    await this.#write();
  }

  #writeSoon(account: string): void {
    this.#unwritten.add(account);
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      void this.#write();
    }, writeAfterMs).unref();
  }

  #write(): Promise<void> {
    this.#writing = this.#writing.then(async () => {
      for (const account of this.#unwritten) {
        this.#unwritten.delete(account);
        try {
          const use = this.#uses.get(account);
          if (use !== undefined) await writeUse(this.#path(account), use.ring);
        } catch (thrown) {
          // Whatever comes next is written with the next: nothing but figures is at stake.
          this.#options.log.warn('api-use', `What was asked of the server could not be noted: ${storageFailure(thrown).message}`);
        }
      }
    });
    return this.#writing;
  }

  #path(account: string): string {
    return join(this.#options.folder, `${account}.json`);
  }
}
