import type { Page } from '@playwright/test';

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
export async function unansweredSince(page: Page, earlierMs: number): Promise<void> {
  await page.evaluate(async (ms) => {
    for (const { name } of await indexedDB.databases()) {
      if (!name?.startsWith('fieldbook-')) continue;
      const database = await settled(indexedDB.open(name));
      const outbox = database.transaction('outbox', 'readwrite').objectStore('outbox');
      for (const entry of await settled<{ state: { at: string; since: number; notBefore?: number; lookedAt?: string } }[]>(
        outbox.getAll(),
      )) {
        if (entry.state.at !== 'uncertain') continue;
        entry.state.since -= ms;
        delete entry.state.notBefore;
        entry.state.lookedAt = new Date(entry.state.since).toUTCString();
        await settled(outbox.put(entry));
      }
      database.close();
    }

    function settled<T>(request: IDBRequest<T>): Promise<T> {
      return new Promise((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result));
        request.addEventListener('error', () => reject(request.error ?? new Error('the database could not be read')));
      });
    }
  }, earlierMs);
}
