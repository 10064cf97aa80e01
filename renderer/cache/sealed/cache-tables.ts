import type { Dexie } from 'dexie';
import { fold } from '../search-text';
import { Sealer } from './sealer';
import { SealedTable } from './sealed-table';
import type { Remains } from './sealed-table';

/** Tables without a word of any document: what forms look like, and which changes the journal has yet to be told. */
const plain: ReadonlySet<string> = new Set(['doctypes', 'journalQueue']);

/** How each table of the database is sealed with the account's key; those that are not sealed are not in it. */
export function sealedTablesOf(database: Dexie, key: Uint8Array): ReadonlyMap<string, SealedTable> {
  const sealer = new Sealer(key);
  const sealed = database.tables.filter(({ name }) => !plain.has(name));
  return new Map(
    sealed.map(({ name, schema }) => {
      const columns = { name, key: pathOf(schema.primKey.keyPath), indexes: schema.indexes.map(({ keyPath }) => pathOf(keyPath)) };
      return [name, new SealedTable(sealer, columns, name === 'documents' ? damagedDocument : nothing)];
    }),
  );
}

/** Every key and index of the schema has one. */
const pathOf = (path: string | string[] | undefined): string | string[] => path ?? [];

/** What was unsent comes back from the journal at the next start, the rest from the server. */
const nothing: Remains = () => null;

/** A document that only its name is known of: found, and read from the server again when it is listed there. */
const damagedDocument: Remains = (row) => {
  const name = String(row['name']);
  return { ...row, creation: '', title: name, search: fold(name), origin: 'profile', keptAt: 0 };
};
