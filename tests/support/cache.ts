import { randomUUID } from 'node:crypto';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import type { Bridge } from '@shared/bridge';
import type { JournalEntry, JournalRecord } from '@shared/bridge/journal';
import { Entries } from '../../electron/journal/entries';
import { docTypesOf } from '../../electron/journal/unsent';
import { openCache } from '../../renderer/cache/open-cache';
import type { Cache } from '../../renderer/cache/open-cache';
import type { Recorder } from '../../renderer/cache/recorder';

/** The journal's meaning without its file: what a later start would read. */
export type MemoryJournal = Bridge['journal'] & { readonly entries: ReadonlyMap<string, JournalEntry>; records: JournalRecord[] };

export function memoryJournal(): MemoryJournal {
  const known = new Entries();
  const records: JournalRecord[] = [];
  return {
    get entries() {
      return new Map(known.list().map((entry) => [entry.id, entry]));
    },
    records,
    append: async ({ records: appended }) => {
      for (const record of structuredClone(appended)) {
        records.push(record);
        known.apply(record);
      }
      return null;
    },
    read: async () => structuredClone(known.list()),
    condition: async () => ({ torn: false, damaged: 0 }),
    unsent: async () => docTypesOf(known.list()),
  };
}

export const testAccount = '0123456789abcdef0123456789abcdef';

/** What seals the databases of tests. */
export const testKey = new Uint8Array(32).fill(7);

export type TestCache = Recorder & { journal: MemoryJournal; factory: IDBFactory };

/** A fresh database (or another connection to one) with a journal in memory. */
export function testCache(options: { factory?: IDBFactory; journal?: MemoryJournal; now?: () => number } = {}): TestCache {
  const factory = options.factory ?? new IDBFactory();
  const journal = options.journal ?? memoryJournal();
  // The polyfill's classes have the shape of the browser's.
  const cache: Cache = openCache(testAccount, testKey, { indexedDB: factory, IDBKeyRange: IDBKeyRange });
  return {
    cache,
    journal,
    factory,
    bridge: { journal },
    account: testAccount,
    now: options.now ?? (() => Date.now()),
    uuid: () => randomUUID(),
    random: Math.random,
    log: () => undefined,
  };
}
