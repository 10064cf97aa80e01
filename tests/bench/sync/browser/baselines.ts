import type { Taken } from './task';

export async function discard(pages: string[]): Promise<Taken> {
  const started = performance.now();
  let count = 0;
  for (const page of pages) if ((await (await fetch(page)).text()).length > 0) count += 1;
  return { ms: performance.now() - started, count, pages };
}

/** The key and the indexes that the app's own store has, and its durability. */
export async function write(pages: string[]): Promise<Taken> {
  const name = `raw-${crypto.randomUUID()}`;
  const opening = indexedDB.open(name, 1);
  opening.addEventListener('upgradeneeded', () => {
    const store = opening.result.createObjectStore('documents', { keyPath: ['doctype', 'name'] });
    store.createIndex('modified', ['doctype', 'modified']);
    store.createIndex('mark', 'mark');
  });
  const database = await settled(opening);
  const names = new Set<string>();
  let ms = 0;
  for (const page of pages) {
    const { data } = await (await fetch(page)).json();
    const started = performance.now();
    const transaction = database.transaction('documents', 'readwrite', { durability: 'strict' });
    const store = transaction.objectStore('documents');
    for (const doc of data) store.put(doc);
    await new Promise((resolve, reject) => {
      transaction.addEventListener('complete', resolve);
      transaction.addEventListener('abort', reject);
    });
    ms += performance.now() - started;
    for (const doc of data) names.add(doc.name);
  }
  database.close();
  await settled(indexedDB.deleteDatabase(name));
  return { ms, count: names.size, pages };
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('the database failed')));
  });
}
