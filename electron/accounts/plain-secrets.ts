import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { writePrivateFile } from '../private-file';
import { codeOf, storageFailure } from '../storage-failure';
import { secretSchema, type Secret } from './secret';

const schema = z.record(z.string(), secretSchema);

/** Secrets in a file readable by this user alone: only where there is no key store and the person said so. */
export class PlainSecrets {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  async get(account: string): Promise<Secret | null> {
    return (await this.#read())[account] ?? null;
  }

  async set(account: string, secret: Secret): Promise<void> {
    await this.#write({ ...(await this.#read()), [account]: secret });
  }

  async remove(account: string): Promise<void> {
    const { [account]: removed, ...others } = await this.#read();
    if (removed !== undefined) await this.#write(others);
  }

  async #read(): Promise<Record<string, Secret>> {
    let text: string;
    try {
      text = await readFile(this.#path, 'utf8');
    } catch (thrown) {
      if (codeOf(thrown) === 'ENOENT') return {};
      throw storageFailure(thrown);
    }
    return parse(text);
  }

  async #write(secrets: Record<string, Secret>): Promise<void> {
    try {
      await writePrivateFile(this.#path, JSON.stringify(secrets));
    } catch (thrown) {
      throw storageFailure(thrown);
    }
  }
}

function parse(text: string): Record<string, Secret> {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    // A damaged file means signing in again, no more; its text must not reach an error.
    return {};
  }
}
