import { randomUUID } from 'node:crypto';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import type { Bridge } from '@shared/bridge';
import type { JournalEntry, JournalRecord } from '@shared/bridge/journal';
import { openCache } from '../../renderer/cache/open-cache';
import type { Cache } from '../../renderer/cache/open-cache';
import type { Recorder } from '../../renderer/cache/recorder';

/** The journal's meaning without its file: what a later start would read. */
export type MemoryJournal = Bridge['journal'] & { entries: Map<string, JournalEntry>; records: JournalRecord[] };

export function memoryJournal(): MemoryJournal {
  const entries = new Map<string, JournalEntry>();
  const records: JournalRecord[] = [];
  const take = (record: JournalRecord): void => {
    records.push(record);
    const known = entries.get(record.id);
    if (record.kind === 'put')
      entries.set(record.id, { id: record.id, entry: structuredClone(record.entry), sending: known?.sending ?? false });
    if (record.kind === 'sending' && known !== undefined) known.sending = true;
    if (record.kind === 'done') entries.delete(record.id);
  };
  return {
    entries,
    records,
    append: async ({ records: appended }) => {
      appended.forEach(take);
      return null;
    },
    read: async () => structuredClone([...entries.values()]),
    condition: async () => ({ torn: false, damaged: 0 }),
  };
}

export const testAccount = '0123456789abcdef0123456789abcdef';

export type TestCache = Recorder & { journal: MemoryJournal; factory: IDBFactory };

/** A fresh database (or another connection to one) with a journal in memory. */
export function testCache(options: { factory?: IDBFactory; journal?: MemoryJournal; now?: () => number } = {}): TestCache {
  const factory = options.factory ?? new IDBFactory();
  const journal = options.journal ?? memoryJournal();
  // The polyfill's classes have the shape of the browser's.
  const cache: Cache = openCache(testAccount, { indexedDB: factory, IDBKeyRange: IDBKeyRange });
  return {
    cache,
    journal,
    factory,
    bridge: { journal },
    account: testAccount,
    now: options.now ?? (() => Date.now()),
    uuid: () => randomUUID(),
    random: Math.random,
  };
}
