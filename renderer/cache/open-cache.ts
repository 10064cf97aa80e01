import { Dexie } from 'dexie';
import type { Table } from 'dexie';
import type { Attachment, OutboxEntry, Receipt } from '@shared/sync/outbox-entry';
import type {
  AliasRow,
  CursorRow,
  DocInfoRow,
  DocTypeRow,
  DocumentRow,
  JournalQueueRow,
  MetaRow,
  SearchIndexRow,
  SiteFileRow,
} from './rows';
import type { StoredEntry } from './profile';
import { sealedTablesOf } from './sealed/cache-tables';
import { sealing } from './sealed/sealing';

/** One database an account. Rows are described in `rows.ts`. */
export type Cache = Dexie & {
  documents: Table<DocumentRow, [doctype: string, name: string]>;
  outbox: Table<OutboxEntry, string>;
  attachments: Table<Attachment, string>;
  aliases: Table<AliasRow, string>;
  receipts: Table<Receipt, string>;
  journalQueue: Table<JournalQueueRow, string>;
  cursors: Table<CursorRow, string>;
  profile: Table<StoredEntry, string>;
  doctypes: Table<DocTypeRow, string>;
  docinfo: Table<DocInfoRow, [doctype: string, name: string]>;
  meta: Table<MetaRow, string>;
  searchIndex: Table<SearchIndexRow, [doctype: string, part: number]>;
  siteFiles: Table<SiteFileRow, string>;
};

const schema = {
  documents: '[doctype+name], [doctype+modified], mark',
  outbox: 'id, seq, [doctype+name], state.at',
  attachments: 'id, [doctype+name]',
  aliases: 'temporary, [doctype+name], doctype',
  receipts: 'id, sentAt, [doctype+name]',
  journalQueue: 'id',
  cursors: 'doctype',
  profile: 'doctype',
  doctypes: 'name',
  docinfo: '[doctype+name]',
  meta: 'key',
};

export const databaseName = (accountId: string): string => `fieldbook-${accountId}`;

export type CacheOptions = { indexedDB?: IDBFactory; IDBKeyRange?: typeof IDBKeyRange };

/**
 * Opens the account's database. `key` (32 bytes) seals what is in it, see `sealed/`. Commits wait for the disk (`strict`): a save that returned survives a power cut. Without
 * Dexie's cache of answers: what another context deleted while a question was under way stood in it, and on the screen, until
 * something else changed.
 * Another tab that upgrades the schema closes this one instead of waiting for it.
 */
export function openCache(accountId: string, key: Uint8Array, options: CacheOptions = {}): Cache {
  const database = new Dexie(databaseName(accountId), { ...options, chromeTransactionDurability: 'strict', cache: 'disabled' });
  database.version(1).stores(schema);
  database.version(2).stores({ searchIndex: '[doctype+part]' });
  database.version(3).stores({ siteFiles: 'name, [doctype+docname]' });
  // What kinds of changes a document has, and in what states, is told by keys alone: a thousand files may wait for it.
  database.version(4).stores({ outbox: `${schema.outbox}, [doctype+name+state.at], [doctype+name+operation.kind]` });
  const sealed = sealedTablesOf(database, key);
  database.use(sealing((table) => sealed.get(table) ?? null));
  // The tables named above are what `Cache` declares; Dexie adds them as properties on `stores`.
  return database as Cache;
}

/** Every table that a save or an answer may write: one list, so that no transaction forgets one. */
export const workTables = [
  'documents',
  'outbox',
  'attachments',
  'aliases',
  'receipts',
  'journalQueue',
  'doctypes',
  'docinfo',
  'siteFiles',
  'meta',
];
