import { hkdfSync, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { parseEnvelope } from '@shared/erp/envelope';
import { AppError } from '@shared/errors';
import type { Encryptor } from './accounts/encryptor';
import type { Log } from './log';
import { writePrivateFile } from './private-file';
import { codeOf, storageFailure } from './storage-failure';

/** Where the data key lies; `locked`: in the key store, which does not give it now. */
export type DataKeyPlace = 'key-store' | 'plain-file' | 'locked';

/** What a part of an account's data is encrypted for; each purpose has a key of its own. */
export type Purpose = 'journal' | 'files' | 'file-names' | 'webhooks' | 'cache';

const stored = z.object({ version: z.literal(1), place: z.enum(['key-store', 'plain-file']), key: z.base64() });

type Opened = { at: DataKeyPlace; key: Buffer | null };

/**
 * The key that encrypts unsent work, files and the cached documents on this host. It is not a sign-in secret and outlives the process: in the
 * key store where there is a real one, otherwise in a file readable by this user alone. It is made once, and never made
 * anew over one that cannot be read, since that would lose what it encrypts.
 */
export class DataKey {
  readonly #path: string;
  readonly #encryptor: Encryptor;
  readonly #log: Log;
  #opening: Promise<Opened> | null = null;

  constructor(options: { path: string; encryptor: Encryptor; log: Log }) {
    this.#path = options.path;
    this.#encryptor = options.encryptor;
    this.#log = options.log;
  }

  async place(): Promise<DataKeyPlace> {
    return (await this.#open()).at;
  }

  /** 32 bytes for one purpose of one account. Rejects with `key-store` while the key is locked. */
  async keyFor(account: string, purpose: Purpose): Promise<Buffer> {
    const { key } = await this.#open();
    if (key === null) {
      throw new AppError(
        'key-store',
        'The key of what is kept on this device is in the key store, which does not give it now. Nothing is lost: unlock the key store and try again.',
      );
    }
    return Buffer.from(hkdfSync('sha256', key, account, `fieldbook ${purpose}`, 32));
  }

  #open(): Promise<Opened> {
    this.#opening ??= this.#read().then(
      (opened) => {
        // A key store may be unlocked later: look again next time.
        if (opened.at === 'locked') this.#opening = null;
        return opened;
      },
      (thrown: unknown) => {
        this.#opening = null;
        throw storageFailure(thrown);
      },
    );
    return this.#opening;
  }

  async #read(): Promise<Opened> {
    const text = await this.#text();
    if (text === null) return this.#write(randomBytes(32));
    const parsed = stored.safeParse(parseEnvelope(text));
    if (!parsed.success)
      throw new AppError(
        'storage',
        'The key of the work kept on this device is damaged. Restore data-key.json from a backup, or ask for help before anything else.',
      );
    const sealed = Buffer.from(parsed.data.key, 'base64');
    if (parsed.data.place === 'plain-file') {
      // A key store that has come since protects it from now on.
      return this.#protects() ? this.#write(sealed) : { at: 'plain-file', key: sealed };
    }
    try {
      return { at: 'key-store', key: Buffer.from(this.#encryptor.decrypt(sealed), 'base64') };
    } catch {
      this.#log.error('data-key', 'the key store does not give the key of the work kept here');
      return { at: 'locked', key: null };
    }
  }

  async #write(key: Buffer): Promise<Opened> {
    const sealed = this.#seal(key);
    const place = sealed === null ? 'plain-file' : 'key-store';
    await writePrivateFile(this.#path, JSON.stringify({ version: 1, place, key: (sealed ?? key).toString('base64') }));
    this.#log.info('data-key', `kept in ${place}`);
    return { at: place, key };
  }

  #seal(key: Buffer): Buffer | null {
    if (!this.#protects()) return null;
    try {
      return Buffer.from(this.#encryptor.encrypt(key.toString('base64')));
    } catch {
      this.#log.warn('data-key', 'the key store refused; the key is kept in a file of this user');
      return null;
    }
  }

  #protects(): boolean {
    return this.#encryptor.keyStore().backend === 'system';
  }

  async #text(): Promise<string | null> {
    try {
      return await readFile(this.#path, 'utf8');
    } catch (thrown) {
      if (codeOf(thrown) === 'ENOENT') return null;
      throw thrown;
    }
  }
}
