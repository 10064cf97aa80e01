import type { Page } from '@playwright/test';
import { outboxOf } from '../support/sealed-outbox';

export type KeptDocument = { doctype: string; name: string; modified: string };

/** What the browser's database holds, read past the app. */
export async function keptDocuments(page: Page): Promise<KeptDocument[]> {
  return page.evaluate(async () => {
    const names = (await indexedDB.databases()).flatMap(({ name }) => (name?.startsWith('fieldbook-') ? [name] : []));
    const found: { doctype: string; name: string; modified: string }[] = [];
    for (const name of names) {
      const database = await settled(indexedDB.open(name));
      const rows: unknown = await settled(database.transaction('documents').objectStore('documents').getAll());
      database.close();
      if (!Array.isArray(rows)) continue;
      for (const row of rows) found.push({ doctype: String(row.doctype), name: String(row.name), modified: String(row.modified) });
    }
    return found;

    function settled<T>(request: IDBRequest<T>): Promise<T> {
      return new Promise((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result));
        request.addEventListener('error', () => reject(request.error ?? new Error('the database could not be read')));
      });
    }
  });
}

type ProfileRow = { doctype: string; filters: [string, string, string][] };

/** What the device is to keep from now on, written past the app: filters are otherwise asked for DocType by DocType. */
export async function keepOnly(page: Page, rows: ProfileRow[]): Promise<void> {
  await page.evaluate(async (profile) => {
    for (const { name } of await indexedDB.databases()) {
      if (!name?.startsWith('fieldbook-')) continue;
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name);
        request.addEventListener('success', () => resolve(request.result));
        request.addEventListener('error', () => reject(request.error ?? new Error('the database could not be opened')));
      });
      const transaction = database.transaction('profile', 'readwrite');
      for (const row of profile) transaction.objectStore('profile').put(row);
      await new Promise((done) => transaction.addEventListener('complete', done));
      database.close();
    }
  }, rows);
  await page.reload();
}

/** As if what was sent without an answer had been sent, and looked for in vain, so many milliseconds earlier. Written past the app. */
export async function unansweredSince({ dataFolder }: { dataFolder: string }, page: Page, earlierMs: number): Promise<void> {
  for (const { database, rows } of await outboxes(page)) {
    const sealed = await outboxOf(dataFolder, database.slice('fieldbook-'.length));
    const earlier = rows.flatMap((row) => {
      const entry = sealed.open({ ...row, sealed: Uint8Array.from(row.sealed) });
      if (entry.state.at !== 'uncertain') return [];
      const { notBefore: _notBefore, ...state } = entry.state;
      const since = state.since - earlierMs;
      // As it is, like a row of an earlier version.
      return [{ ...entry, state: { ...state, since, lookedAt: new Date(since).toUTCString() } }];
    });
    await putEntries(page, database, earlier);
  }
}

type SealedRow = { id: string; sealed: number[] };

async function outboxes(page: Page): Promise<{ database: string; rows: SealedRow[] }[]> {
  return page.evaluate(async () => {
    const names = (await indexedDB.databases()).flatMap(({ name }) => (name?.startsWith('fieldbook-') ? [name] : []));
    return Promise.all(
      names.map(async (database) => {
        const opened = await settled(indexedDB.open(database));
        const rows: unknown[] = await settled(opened.transaction('outbox').objectStore('outbox').getAll());
        opened.close();
        // Bytes cross into the test as numbers.
        const sealed = (rows as (object & { id: string; sealed?: Uint8Array })[]).flatMap((row) =>
          row.sealed === undefined ? [] : [{ ...row, sealed: [...row.sealed] }],
        );
        return { database, rows: sealed };
      }),
    );

    function settled<T>(request: IDBRequest<T>): Promise<T> {
      return new Promise((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result));
        request.addEventListener('error', () => reject(request.error ?? new Error('the database could not be read')));
      });
    }
  });
}

async function putEntries(page: Page, database: string, entries: object[]): Promise<void> {
  await page.evaluate(
    async ([name, rows]) => {
      const opened = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name);
        request.addEventListener('success', () => resolve(request.result));
        request.addEventListener('error', () => reject(request.error ?? new Error('the database could not be opened')));
      });
      const transaction = opened.transaction('outbox', 'readwrite');
      for (const row of rows) transaction.objectStore('outbox').put(row);
      await new Promise((done) => transaction.addEventListener('complete', done));
      opened.close();
    },
    [database, entries] as const,
  );
}
