import { databaseName } from '../../renderer/cache/open-cache';

type Row = Record<string, unknown>;

/** The rows of a table as they lie in the database of an account, read past the app. */
export async function rawRows(factory: IDBFactory, account: string, table: string): Promise<Row[]> {
  const database = await opened(factory, account);
  const rows = await settled<Row[]>(database.transaction(table).objectStore(table).getAll());
  database.close();
  return rows;
}

/** Puts rows into a table past the app. */
export async function putRaw(factory: IDBFactory, account: string, table: string, rows: readonly Row[]): Promise<void> {
  const database = await opened(factory, account);
  const store = database.transaction(table, 'readwrite').objectStore(table);
  for (const row of rows) await settled(store.put(row));
  database.close();
}

const opened = (factory: IDBFactory, account: string): Promise<IDBDatabase> => settled(factory.open(databaseName(account)));

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('the database could not be read')));
  });
}
