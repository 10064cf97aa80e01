import { join } from 'node:path';
import type { JournalCondition, JournalEntry, JournalRecord } from '@shared/bridge/journal';
import type { DataKey } from '../data-key';
import type { Log } from '../log';
import { removeFolder } from '../private-file';
import { storageFailure } from '../storage-failure';
import { JournalFile } from './journal-file';
import { docTypesOf } from './unsent';

export type JournalOptions = { folder: string; dataKey: DataKey; log: Log; now: () => Date };

/** The journals of this host, one an account, opened when first needed. */
export class Journal {
  readonly #options: JournalOptions;
  readonly #files = new Map<string, Promise<JournalFile>>();

  constructor(options: JournalOptions) {
    this.#options = options;
  }

  async append(account: string, records: JournalRecord[]): Promise<void> {
    await (await this.#file(account)).append(records);
  }

  async read(account: string): Promise<JournalEntry[]> {
    return (await this.#file(account)).entries();
  }

  /** The DocTypes of the changes that have not reached the server, one a change. */
  async unsent(account: string): Promise<string[]> {
    return docTypesOf(await this.read(account));
  }

  /** What was found when the journal was opened in this run. */
  async condition(account: string): Promise<JournalCondition> {
    return (await this.#file(account)).condition;
  }

  /** Removes an account's journal, with the copies of it that were kept aside. */
  async remove(account: string): Promise<void> {
    const opened = this.#files.get(account);
    this.#files.delete(account);
    try {
      // One that cannot be opened (a locked key store) holds no file open.
      await (await opened?.catch(() => undefined))?.close();
      await removeFolder(join(this.#options.folder, account));
    } catch (thrown) {
      throw storageFailure(thrown);
    }
  }

  async close(): Promise<void> {
    const files = await Promise.allSettled(this.#files.values());
    this.#files.clear();
    for (const file of files) if (file.status === 'fulfilled') await file.value.close();
  }

  #file(account: string): Promise<JournalFile> {
    const known = this.#files.get(account);
    if (known !== undefined) return known;
    const opening = this.#open(account);
    this.#files.set(account, opening);
    // A journal that could not be opened (a locked key store) is tried again at the next call.
    opening.catch(() => this.#files.delete(account));
    return opening;
  }

  async #open(account: string): Promise<JournalFile> {
    const { folder, dataKey, log, now } = this.#options;
    const key = await dataKey.keyFor(account, 'journal');
    return JournalFile.open({ path: join(folder, account, 'journal'), key, log, now });
  }
}
