import type { SecretPlace } from '@shared/bridge/accounts';
import { AppError } from '@shared/errors';
import { z } from 'zod';
import type { Log } from '../log';
import type { Store } from '../settings/store';
import type { Encryptor } from './encryptor';
import type { PlainSecrets } from './plain-secrets';
import { secretSchema, type Secret } from './secret';

/**
 * What the vault can do at this moment.
 * `protected`: the system's key store takes secrets. `unprotected`: only Electron's `basic_text`, which protects nothing.
 * `absent`: no key store at all. `refusing`: there is one, but it did not do what was asked (locked, another user's);
 * it stays so until it works again.
 */
export type VaultState = { at: 'protected' | 'unprotected' | 'absent' | 'refusing'; name: string };

/** A secret looked for. `locked`: it is here, but the key store does not give it. */
export type Found = { at: 'found'; secret: Secret; place: SecretPlace } | { at: 'locked' } | { at: 'none' };

const sealedKey = 'sealedSecrets';
const sealedSchema = z.record(z.string(), z.string());

/** Keeps sign-in secrets, each where the person chose: this session, the key store, or a plain file on their word. */
export class Vault {
  readonly #encryptor: Encryptor;
  readonly #store: Store;
  readonly #plain: PlainSecrets;
  readonly #log: Log;
  readonly #session = new Map<string, Secret>();
  #refusing = false;

  constructor(options: { encryptor: Encryptor; store: Store; plain: PlainSecrets; log: Log }) {
    this.#encryptor = options.encryptor;
    this.#store = options.store;
    this.#plain = options.plain;
    this.#log = options.log;
  }

  state(): VaultState {
    const { backend, name } = this.#encryptor.keyStore();
    if (backend === 'none') return { at: 'absent', name };
    if (backend === 'basic_text') return { at: 'unprotected', name };
    return { at: this.#refusing ? 'refusing' : 'protected', name };
  }

  /** Keeps a secret and forgets it everywhere else. Rejects with `key-store` when the key store refuses. */
  async keep(account: string, secret: Secret, keep: 'session' | 'store'): Promise<SecretPlace> {
    const { at } = this.state();
    const place: SecretPlace = keep === 'session' ? 'session' : at === 'protected' || at === 'refusing' ? 'key-store' : 'plain-file';
    const sealed = place === 'key-store' ? this.#seal(secret) : null;
    await this.forget(account);
    if (sealed !== null) this.#store.set(sealedKey, { ...this.#sealed(), [account]: sealed });
    else if (place === 'plain-file') await this.#plain.set(account, secret);
    else this.#session.set(account, secret);
    return place;
  }

  /**
   * Keeps a renewed secret where the old one is, in one write, so that a crash leaves the one or the other. Rejects with `no-account`
   * where there is none any more, `key-store` or a storage error where it cannot be written.
   */
  async replace(account: string, secret: Secret): Promise<void> {
    if (this.#session.has(account)) this.#session.set(account, secret);
    else if (this.#sealed()[account] !== undefined) this.#store.set(sealedKey, { ...this.#sealed(), [account]: this.#seal(secret) });
    else if ((await this.#plain.get(account)) !== null) await this.#plain.set(account, secret);
    else throw new AppError('no-account', 'This account was signed out meanwhile. Work that waits is kept.');
  }

  async find(account: string): Promise<Found> {
    const session = this.#session.get(account);
    if (session !== undefined) return { at: 'found', secret: session, place: 'session' };
    const sealed = this.#sealed()[account];
    if (sealed !== undefined) return this.#unseal(sealed);
    const plain = await this.#plain.get(account);
    return plain === null ? { at: 'none' } : { at: 'found', secret: plain, place: 'plain-file' };
  }

  async forget(account: string): Promise<void> {
    this.#session.delete(account);
    const { [account]: sealed, ...others } = this.#sealed();
    if (sealed !== undefined) this.#store.set(sealedKey, others);
    await this.#plain.remove(account);
  }

  #sealed(): Record<string, string> {
    const parsed = sealedSchema.safeParse(this.#store.get(sealedKey) ?? {});
    return parsed.success ? parsed.data : {};
  }

  #seal(secret: Secret): string {
    try {
      const sealed = Buffer.from(this.#encryptor.encrypt(JSON.stringify(secret))).toString('base64');
      this.#refusing = false;
      return sealed;
    } catch {
      // The cause may hold the secret: only that it failed is said.
      this.#refusing = true;
      this.#log.warn('accounts', 'the key store refused to encrypt');
      throw new AppError(
        'key-store',
        'The key store of this device refused to keep the sign-in. Unlock it and try again, or sign in for this session only.',
      );
    }
  }

  #unseal(sealed: string): Found {
    if (this.state().at === 'absent') return { at: 'locked' };
    try {
      const secret = secretSchema.parse(JSON.parse(this.#encryptor.decrypt(Buffer.from(sealed, 'base64'))));
      this.#refusing = false;
      return { at: 'found', secret, place: 'key-store' };
    } catch {
      this.#refusing = true;
      this.#log.warn('accounts', 'the key store did not give a sign-in back; signing in again mends it');
      return { at: 'locked' };
    }
  }
}
