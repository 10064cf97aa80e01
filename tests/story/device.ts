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

/** Takes a document out of the browser's database, as if it had never been downloaded. The page is to be opened anew. */
export async function forgetDocument(page: Page, doctype: string, name: string): Promise<void> {
  await page.evaluate(
    async (key) => {
      const names = (await indexedDB.databases()).flatMap((each) => (each.name?.startsWith('fieldbook-') ? [each.name] : []));
      for (const each of names) {
        const database = await new Promise<IDBDatabase>((resolve, reject) => {
          const request = indexedDB.open(each);
          request.addEventListener('success', () => resolve(request.result));
          request.addEventListener('error', () => reject(request.error ?? new Error('the database could not be opened')));
        });
        const transaction = database.transaction('documents', 'readwrite');
        transaction.objectStore('documents').delete(key);
        await new Promise((done) => transaction.addEventListener('complete', done));
        database.close();
      }
    },
    [doctype, name],
  );
  await page.reload();
}
