import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import 'fake-indexeddb/auto';
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { expect, it } from 'vitest';
import { encodeBody } from '../../renderer/cache/body';
import { keepDraft } from '../../renderer/cache/drafts';
import { docOf, toRow } from '../../renderer/cache/document-row';
import { readDocument } from '../../renderer/cache/documents';
import { listDocuments } from '../../renderer/cache/list';
import { openWithKey } from '../../renderer/cache/open-with-key';
import { listOutbox } from '../../renderer/cache/outbox';
import { Sealer } from '../../renderer/cache/sealed/sealer';
import { record } from '../../renderer/cache/record';
import { renameEverywhere } from '../../renderer/cache/rename';
import { LookUp } from '../../renderer/search/look-up';
import { systemTimers } from '../../renderer/timers';
import { memoryJournal, testAccount, testCache, testKey } from '../support/cache';
import { putRaw, rawRows } from '../support/raw-rows';
import { edit, goOffline, syncedDevice } from '../support/synced-device';

/** Tables that hold no word of any document, and why is told in docs/security.md. */
const unsealed = ['doctypes', 'journalQueue'];

const sealed = ['sealed', 'body', 'base'];

/** What docs/security.md says of each table: the columns that can be read as they are. */
function toldTables(): Map<string, string[]> {
  const text = readFileSync(fileURLToPath(new URL('../../docs/security.md', import.meta.url)), 'utf8');
  const rows = [...text.matchAll(/^\| `(\w+)` \| ([^|]*) \|/gm)];
  return new Map(
    rows.map(([, table = '', columns = '']) => [table, [...columns.matchAll(/`([\w.]+)`/g)].map(([, column = '']) => column)]),
  );
}

const pathsOf = (row: object): string[] =>
  Object.entries(row).flatMap(([column, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
      ? Object.keys(value).map((key) => `${column}.${key}`)
      : [column],
  );

it('of everything that a working device keeps, only the columns that docs/security.md lists can be read', async () => {
  const { device, site } = await syncedDevice({ random: () => 0.99 });
  const { cache, factory } = device;
  const [sent, waiting] = site.documents('Customer').map(({ name }) => name);
  await edit(device, 'Customer', sent ?? '', { website: 'canary-sent.example' });
  await device.pass(60_000);
  goOffline(device);
  await edit(device, 'Customer', waiting ?? '', { website: 'canary-edit.example' });
  await record(device.ports, { kind: 'comment', doctype: 'Customer', name: waiting ?? '', content: 'canary-comment' });
  await record(device.ports, { kind: 'create', doctype: 'Customer', values: { customer_name: 'canary-made', customer_type: 'Company' } });
  const file = device.keepFile(new TextEncoder().encode('canary'));
  await record(device.ports, { kind: 'attach', doctype: 'Customer', name: waiting ?? '', file, fileName: 'canary.txt', isPrivate: true });
  await keepDraft(cache, { doctype: 'Customer', name: waiting ?? '' }, { values: { website: 'canary-draft' }, modified: null, savedAt: 1 });
  await cache.docinfo.put({
    ...{ doctype: 'Customer', name: waiting ?? '', keptAt: 1, attachments: [] },
    comments: [{ name: 'c', owner: 'o', creation: '', content: 'canary-said' }],
  });
  await cache.siteFiles.put({
    ...{ name: 'f', doctype: 'Customer', docname: waiting ?? '', fileName: 'canary.pdf', url: '/private/files/canary.pdf', size: 1 },
    ...{ isPrivate: 1, modified: '', contentHash: null },
  } as never);
  const search = new LookUp({ cache, timers: systemTimers, report: () => undefined });
  await search.start();
  await search.keep();
  search.stop();

  const told = toldTables();
  for (const { name } of cache.tables) {
    const rows = await rawRows(factory, testAccount, name);
    if (unsealed.includes(name)) continue;
    expect(rows.length, name).toBeGreaterThan(0);
    const readable = [...new Set(rows.flatMap(pathsOf))].filter((column) => !sealed.includes(column));
    expect(readable.sort(), name).toEqual(
      told
        .get(name)
        ?.filter((column) => readable.includes(column))
        .sort(),
    );
    for (const row of rows) {
      expect(row['sealed'], name).toBeInstanceOf(Uint8Array);
      for (const column of sealed) expect(row[column] ?? new Uint8Array(), `${name} ${column}`).toBeInstanceOf(Uint8Array);
    }
  }
  const everything = await Promise.all(cache.tables.map(async ({ name }) => [name, await rawRows(factory, testAccount, name)] as const));
  const readable = (text: string): string[] =>
    everything.flatMap(([name, rows]) => (rows.some((row) => spelled(row).includes(text)) ? [name] : []));
  // What is looked for can be found.
  expect(readable(waiting ?? '')).toContain('documents');
  expect(readable('canary')).toEqual([]);
  expect((await readDocument(cache, 'Customer', waiting ?? ''))?.doc['website']).toBe('canary-edit.example');
});

/** A stored row as text; bytes as they are. */
const spelled = (row: object): string =>
  JSON.stringify(row, (_key, value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value));

const customer = (name: string, website: string) => ({
  doctype: 'Customer',
  name,
  modified: '2026-11-23',
  website,
  items: [{ name: 'r', idx: 1 }],
});
const rowFor = (name: string, website: string) => toRow(customer(name, website), { doctype: undefined, origin: 'profile', keptAt: 5 });

it('a body that was moved to another document, or changed by a bit, does not open, and leaves the others as they are', async () => {
  const { cache, factory } = testCache();
  await cache.documents.bulkPut([rowFor('A', 'a.example'), rowFor('B', 'b.example'), rowFor('C', 'c.example'), rowFor('D', 'd.example')]);
  const [a, b, c, d] = await rawRows(factory, testAccount, 'documents');
  const flipped = Uint8Array.from(c?.['body'] as Uint8Array);
  flipped[flipped.length - 1]! ^= 1;
  const head = Uint8Array.from(d?.['sealed'] as Uint8Array);
  head[40]! ^= 1;
  await putRaw(factory, testAccount, 'documents', [
    { ...b, body: a?.['body'] },
    { ...c, body: flipped },
    { ...d, sealed: head },
  ]);

  const rows = new Map((await cache.documents.toArray()).map((row) => [row.name, row]));
  expect(docOf(rows.get('A')!)).toMatchObject({ website: 'a.example', items: [{ name: 'r' }] });
  expect(() => docOf(rows.get('B')!)).toThrow('damaged and cannot be read');
  expect(() => docOf(rows.get('C')!)).toThrow('damaged and cannot be read');
  // Only its title was lost, and the place in the database is known.
  expect(rows.get('D')).toMatchObject({ name: 'D', title: 'D', keptAt: 0 });
  const listed = await listDocuments(cache, {
    doctype: 'Customer',
    filters: [],
    search: 'a',
    sort: { fieldname: 'name', order: 'asc' },
    limit: 9,
  });
  expect(listed.rows.map(({ doc }) => doc.name)).toEqual(['A']);
});

it('an unsent change that is damaged comes back from the journal at the next start', async () => {
  const { device, site } = await syncedDevice({ random: () => 0.99 });
  const [first, second] = site.documents('Customer').map(({ name }) => name);
  // Also after the restart.
  device.workOffline(true);
  await edit(device, 'Customer', first ?? '', { website: 'kept.example' });
  await edit(device, 'Customer', second ?? '', { website: 'other.example' });
  const [entry] = await rawRows(device.factory, testAccount, 'outbox');
  const damaged = Uint8Array.from(entry?.['sealed'] as Uint8Array);
  damaged[50]! ^= 1;
  await putRaw(device.factory, testAccount, 'outbox', [{ ...entry, sealed: damaged }]);
  expect(await device.cache.outbox.toArray()).toHaveLength(1);
  expect(await device.cache.outbox.filter(() => true).toArray()).toHaveLength(1);
  device.restart();
  await device.engine.start();
  await device.settle();
  expect((await listOutbox(device.cache)).map(({ operation }) => operation)).toMatchObject([
    { kind: 'update', changes: { fields: { website: 'kept.example' } } },
    { kind: 'update', changes: { fields: { website: 'other.example' } } },
  ]);
});

it('a document that gets another name, and what its edit came from, open under it', async () => {
  const test = testCache();
  const row = rowFor('Old', 'typed.example');
  await test.cache.documents.put({ ...row, mark: 'waiting', base: encodeBody(customer('Old', 'was.example')) });
  await test.cache.transaction('rw', test.cache.tables, async () =>
    renameEverywhere(test, { doctype: 'Customer', from: 'Old', to: 'New', rows: new Map() }),
  );
  const local = await readDocument(test.cache, 'Customer', 'New');
  expect([local?.doc['website'], local?.base?.['website']]).toEqual(['typed.example', 'was.example']);
});

const bridgeWith = (key: Uint8Array) => ({ accounts: { cacheKey: async () => ({ key }) } }) as unknown as Parameters<typeof openWithKey>[0];

it('a database that another key sealed is told apart from a new one, with what is unsent in it', async () => {
  const journal = memoryJournal();
  const [one, other] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
  const factory = new IDBFactory();
  const options = { indexedDB: factory, IDBKeyRange };
  const first = await openWithKey(bridgeWith(one), testAccount, options);
  if (first.kind !== 'open') throw new Error('a new database does not open');
  const recorder = { ...testCache({ factory, journal }), cache: first.cache };
  await record(recorder, { kind: 'create', doctype: 'Customer', values: { customer_name: 'Grant' } });
  first.cache.close();
  expect(await openWithKey(bridgeWith(other), testAccount, options)).toEqual({ kind: 'foreign', unsent: 1 });
  const again = await openWithKey(bridgeWith(one), testAccount, options);
  expect(again.kind === 'open' && (await listOutbox(again.cache)).length).toBe(1);
});

it('what is sealed is XChaCha20-Poly1305 as its library has it, and tables cannot be cut off', async () => {
  const sealed = new Sealer(testKey).seal('a text', 'about it');
  const cipher = xchacha20poly1305(testKey, sealed.slice(4, 28), new TextEncoder().encode('about it'));
  expect(new TextDecoder().decode(cipher.decrypt(sealed.slice(28)))).toBe('a text');

  const { cache, factory } = testCache();
  await cache.documents.put(rowFor('A', 'a.example'));
  const [row] = await rawRows(factory, testAccount, 'documents');
  const body = row?.['body'] as Uint8Array;
  const end = 4 + new DataView(body.buffer, body.byteOffset).getUint32(0);
  expect(end).toBeLessThan(body.length);
  await putRaw(factory, testAccount, 'documents', [{ ...row, body: body.slice(0, end) }]);
  expect(
    await cache.documents.toArray().then(
      ([cut]) =>
        () =>
          docOf(cut!),
    ),
  ).toThrow('damaged and cannot be read');
});

it('nothing is sealed twice with the same nonce, and the same text never looks the same', async () => {
  const { cache, factory } = testCache();
  await cache.documents.bulkPut(Array.from({ length: 500 }, (_, position) => rowFor(`N ${position}`, 'same.example')));
  const rows = await rawRows(factory, testAccount, 'documents');
  const nonceOf = (bytes: Uint8Array, at: number): string => Buffer.from(bytes.subarray(at + 4, at + 28)).toString('hex');
  const nonces = rows.flatMap((row) => {
    const [head, body] = [row['sealed'] as Uint8Array, row['body'] as Uint8Array];
    const end = 4 + new DataView(body.buffer, body.byteOffset).getUint32(0);
    return [nonceOf(head, 0), nonceOf(body, 4), nonceOf(body, end)];
  });
  expect(new Set(nonces).size).toBe(3 * 500);
});
