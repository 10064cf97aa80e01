import type { SecretPlace } from '@shared/bridge/accounts';
import { inTurn } from '../in-turn';
import type { Log } from '../log';
import type { Secret } from './secret';
import type { Vault } from './vault';

/** The secrets of this run, and whether their sites still take them; the vault keeps them beyond it. */
export class Secrets {
  readonly #vault: Vault;
  readonly #log: Log;
  readonly #known = new Map<string, Secret>();
  readonly #refused = new Set<string>();
  /** Writes of the vault, one after another: a renewal must not bring back what somebody signed out meanwhile. */
  readonly #inTurn = inTurn();

  constructor(vault: Vault, log: Log) {
    this.#vault = vault;
    this.#log = log;
  }

  async read(account: string): Promise<void> {
    const found = await this.#vault.find(account);
    if (found.at === 'found') this.#known.set(account, found.secret);
    else if (found.at === 'locked') this.#log.warn('accounts', `the sign-in of ${account} is locked in the key store`);
  }

  get(account: string): Secret | null {
    return this.#known.get(account) ?? null;
  }

  isRefused(account: string): boolean {
    return this.#refused.has(account);
  }

  /** Answers whether that is news. */
  took(account: string, taken: boolean): boolean {
    if (taken) return this.#refused.delete(account);
    if (this.#refused.has(account) || !this.#known.has(account)) return false;
    this.#refused.add(account);
    return true;
  }

  keep(account: string, secret: Secret, keep: 'session' | 'store'): Promise<SecretPlace> {
    return this.#inTurn(async () => {
      const place = await this.#vault.keep(account, secret, keep);
      this.#known.set(account, secret);
      this.#refused.delete(account);
      return place;
    });
  }

  /** Keeps what a secret was renewed to; false where another one, or none, took its place meanwhile. */
  replace(account: string, renewed: Secret, instead: Secret): Promise<boolean> {
    return this.#inTurn(async () => {
      if (this.#known.get(account) !== instead) return false;
      await this.#vault.replace(account, renewed);
      this.#known.set(account, renewed);
      return true;
    });
  }

  forget(account: string): Promise<void> {
    return this.#inTurn(async () => {
      await this.#vault.forget(account);
      this.#known.delete(account);
      this.#refused.delete(account);
    });
  }
}
