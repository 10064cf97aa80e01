import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { expect, it } from 'vitest';
import { readDocument } from '../../renderer/cache/documents';
import { databaseName, openCache } from '../../renderer/cache/open-cache';
import type { Cache } from '../../renderer/cache/open-cache';
import { listOutbox } from '../../renderer/cache/outbox';
import { sealEarlier } from '../../renderer/cache/sealed/seal-earlier';
import stored from '../fixtures/database-1.json';
import { testAccount, testKey } from '../support/cache';
import { rawRows } from '../support/raw-rows';

/** Further documents as the earlier version stored them, so that one batch does not hold all. */
const further = Array.from({ length: 450 }, (_, position) => ({
  ...{ doctype: 'Item', name: `ITEM ${position}`, modified: '2026-11-23', creation: '', title: `Title ${position}`, search: 'title' },
  ...{ body: `{"item_name":"Title ${position}"}\n{"uoms":[{"name":"r${position}"}]}`, origin: 'profile', keptAt: 1 },
}));

/** A database of the first version, with unsent work, opened by this one. */
async function earlierDatabase(): Promise<Cache> {
  const options = { indexedDB: new IDBFactory(), IDBKeyRange };
  const old = new Dexie(databaseName(testAccount), options);
  old.version(stored.version).stores(stored.schema);
  for (const [table, rows] of Object.entries(stored.tables)) await old.table(table).bulkPut(rows);
  await old.table('documents').bulkPut(further);
  old.close();
  return openCache(testAccount, testKey, options);
}

const sealedTables = ['documents', 'outbox', 'attachments', 'aliases', 'receipts', 'cursors', 'profile', 'docinfo', 'meta'];

async function plainRows(cache: Cache): Promise<string[]> {
  const factory = (cache as Cache & { _deps: { indexedDB: IDBFactory } })._deps.indexedDB;
  const rows = await Promise.all(
    sealedTables.map(async (table) => (await rawRows(factory, testAccount, table)).map((row) => [table, row] as const)),
  );
  return rows.flat().flatMap(([table, row]) => (row['sealed'] instanceof Uint8Array ? [] : [table]));
}

it('what an earlier version stored is read as it is, and sealed without a change to it or a word to any screen', async () => {
  const cache = await earlierDatabase();
  const everything = async () => [
    await listOutbox(cache),
    await Promise.all((await cache.documents.toCollection().primaryKeys()).map(([doctype, name]) => readDocument(cache, doctype, name))),
    await cache.receipts.toArray(),
    await cache.aliases.toArray(),
    await cache.profile.toArray(),
    await cache.docinfo.toArray(),
  ];
  const before = await everything();
  expect((await listOutbox(cache)).map(({ operation }) => operation.kind)).toEqual(['update', 'comment', 'create', 'submit']);
  const plain = await plainRows(cache);
  expect(plain.length).toBeGreaterThan(450);

  let told = 0;
  const hear = (): void => void (told += 1);
  Dexie.on.storagemutated.subscribe(hear);
  let pauses = 0;
  const sealed = await sealEarlier(cache, testKey, async () => void (pauses += 1));
  Dexie.on.storagemutated.unsubscribe(hear);
  expect(sealed).toBe(plain.length);
  expect(pauses).toBeGreaterThanOrEqual(2);
  // That it is done is noted.
  expect(told).toBe(1);
  expect(await plainRows(cache)).toEqual([]);
  expect(await everything()).toEqual(before);
  expect(await sealEarlier(cache, testKey, async () => undefined)).toBe(0);
});

it('cut off in the middle, it goes on at the next start; what is changed meanwhile stays changed', async () => {
  const cache = await earlierDatabase();
  const cut = sealEarlier(cache, testKey, async () => {
    throw new Error('the window was closed');
  });
  await expect(cut).rejects.toThrow('the window was closed');
  const left = await plainRows(cache);
  expect(left.length).toBeGreaterThan(200);
  let changed = false;
  await sealEarlier(cache, testKey, async () => {
    if (changed) return;
    changed = true;
    await cache.documents.where('[doctype+name]').equals(['Item', 'ITEM 449']).modify({ title: 'changed meanwhile' });
  });
  expect(changed).toBe(true);
  expect(await plainRows(cache)).toEqual([]);
  expect((await cache.documents.get(['Item', 'ITEM 449']))?.title).toBe('changed meanwhile');
  expect((await cache.documents.get(['Item', 'ITEM 7']))?.title).toBe('Title 7');
});
