import Dexie from 'dexie';
import { IDBKeyRange } from 'fake-indexeddb';
import { expect, it } from 'vitest';
import { databaseName } from '../../renderer/cache/open-cache';
import { listOutbox } from '../../renderer/cache/outbox';
import stored from '../fixtures/database-1.json';
import { testAccount } from '../support/cache';
import { syncedDevice } from '../support/synced-device';

/**
 * A database as the first version of the schema left it, with unsent work in it. Each later version adds one of its own:
 * the upgrade from every one of them must keep that work.
 */
it('work that a database of the first version holds is kept and sent', async () => {
  const { site, device } = await syncedDevice({ random: () => 0.99 });
  site.as('office@example.com').insert('Customer', { customer_name: 'Stored Ltd', customer_type: 'Company' });
  device.loseDatabase();
  device.engine.stop();
  device.cache.close();
  const old = new Dexie(databaseName(testAccount), { indexedDB: device.factory, IDBKeyRange: IDBKeyRange });
  old.version(stored.version).stores(stored.schema);
  for (const [table, rows] of Object.entries(stored.tables)) await old.table(table).bulkPut(rows);
  old.close();

  device.restart();
  expect((await listOutbox(device.cache)).map(({ operation }) => operation.kind)).toEqual(['update', 'comment', 'create', 'submit']);
  await device.engine.start();
  // Its journal is another one, which does not know of this work: what may have been sent is looked for first.
  await device.pass(600_000);

  expect(await listOutbox(device.cache)).toEqual([]);
  expect(site.document('Customer', 'Stored Ltd')).toMatchObject({ website: 'typed.example' });
  expect(site.comments('Customer', 'Stored Ltd')).toHaveLength(1);
  expect(site.documents('Sales Order').filter((order) => order['po_no'] === 'STORED-1')).toMatchObject([
    { customer: 'Stored Ltd', docstatus: 1 },
  ]);
});
