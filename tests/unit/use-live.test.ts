import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import type { Table } from 'dexie';
import { effectScope, ref, watch } from 'vue';
import { expect, test, vi } from 'vitest';
import { toRow } from '../../renderer/cache/document-row';
import { indexedRows } from '../../renderer/cache/list';
import type { ListQuery } from '../../renderer/cache/list';
import { openCache } from '../../renderer/cache/open-cache';
import type { Cache } from '../../renderer/cache/open-cache';
import { useLiveQuery } from '../../renderer/stores/use-live';
import { testKey } from '../support/cache';

type Store = Dexie & { things: Table<{ id: string; kind: string }, string> };

function open(name: string): Store {
  const database = new Dexie(name);
  database.version(1).stores({ things: 'id, kind' });
  // Dexie adds the tables named in `stores`.
  return database as Store;
}

test('a live query answers again when the rows under it change, and when a value it read does', async () => {
  const store = open('live');
  const kind = ref('a');
  const scope = effectScope();
  const live = scope.run(() =>
    useLiveQuery(() => store.things.where('kind').equals(kind.value).primaryKeys(), { initial: [] as string[] }),
  );
  if (!live) throw new Error('the scope is not active');
  expect(live.loaded.value).toBe(false);
  await vi.waitUntil(() => live.loaded.value);

  await store.things.bulkPut([
    { id: '1', kind: 'a' },
    { id: '2', kind: 'b' },
  ]);
  await vi.waitUntil(() => live.value.value.length === 1);
  expect(live.value.value).toEqual(['1']);

  kind.value = 'b';
  await vi.waitUntil(() => live.value.value[0] === '2');

  await store.things.put({ id: '3', kind: 'b' });
  await vi.waitUntil(() => live.value.value.length === 2);
  scope.stop();
  store.close();
});

test('an answer that may wait is shown at its time, and only the newest of several', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  const store = open('live-every');
  const scope = effectScope();
  const counted: number[] = [];
  const count = async (): Promise<number> => {
    const found = await store.things.count();
    counted.push(found);
    return found;
  };
  try {
    const live = scope.run(() => useLiveQuery(count, { initial: -1, everyMs: 60_000 }));
    if (!live) throw new Error('the scope is not active');
    const shown: number[] = [];
    scope.run(() => watch(live.value, (value) => shown.push(value), { flush: 'sync' }));
    await vi.waitUntil(() => live.loaded.value);
    for (const [index, id] of ['1', '2', '3'].entries()) {
      await store.things.put({ id, kind: 'a' });
      await vi.waitUntil(() => counted.includes(index + 1));
    }
    expect(shown).toEqual([0]);
    vi.advanceTimersByTime(60_000);
    await vi.waitUntil(() => shown.length > 1);
    expect(shown).toEqual([0, 3]);
  } finally {
    scope.stop();
    store.close();
    vi.useRealTimers();
  }
});

test('a failed query tells its error and the next one may succeed', async () => {
  const fail = ref(true);
  const scope = effectScope();
  const live = scope.run(() =>
    useLiveQuery(
      () => {
        if (fail.value) throw new Error('no such index');
        return Promise.resolve(1);
      },
      { initial: 0 },
    ),
  );
  if (!live) throw new Error('the scope is not active');
  await vi.waitUntil(() => live.error.value !== null);
  expect(live.error.value?.message).toBe('no such index');
  fail.value = false;
  await vi.waitUntil(() => live.value.value === 1);
  expect(live.error.value).toBeNull();
  scope.stop();
});

test('after its scope has ended a query is not asked again', async () => {
  const store = open('ended');
  const asked = vi.fn(() => store.things.count());
  const scope = effectScope();
  const live = scope.run(() => useLiveQuery(asked, { initial: -1 }));
  if (!live) throw new Error('the scope is not active');
  await vi.waitUntil(() => live.loaded.value);
  scope.stop();
  const before = asked.mock.calls.length;
  await store.things.put({ id: '1', kind: 'a' });
  expect(await store.things.count()).toBe(1);
  expect(asked.mock.calls.length).toBe(before);
  store.close();
});

const row = (name: string) =>
  toRow({ doctype: 'Item', name, modified: '2026-11-23' }, { doctype: undefined, origin: 'profile', keptAt: 1 });
const question: ListQuery = { doctype: 'Item', filters: [], sort: { fieldname: 'modified', order: 'asc' }, offset: 0, limit: 10 };
const namesIn = async (cache: Cache): Promise<string[]> => (await indexedRows(cache, question)).map(({ doc }) => doc.name);

test('what a query reads after it waited for something else is watched, too', async () => {
  const cache = openCache('after-a-wait', testKey);
  await cache.documents.put(row('A'));
  const scope = effectScope();
  // A page of a list asks first what is on its way to be deleted.
  const live = scope.run(() => useLiveQuery(() => namesIn(cache), { initial: [] as string[] }));
  if (!live) throw new Error('the scope is not active');
  await vi.waitFor(() => expect(live.value.value).toEqual(['A']));
  await cache.documents.put(row('B'));
  await vi.waitFor(() => expect(live.value.value).toEqual(['A', 'B']));
  await cache.documents.delete(['Item', 'A']);
  await vi.waitFor(() => expect(live.value.value).toEqual(['B']));
  scope.stop();
});

test('what another context deletes while a query is under way does not stay in its answer', async () => {
  const [window, worker] = [openCache('deleted-meanwhile', testKey), openCache('deleted-meanwhile', testKey)];
  let open = (): void => undefined;
  let gate: Promise<void> | null = null;
  // What was read is held back as a busy window would.
  window.use({
    stack: 'dbcore',
    name: 'slow',
    level: -10,
    create: (core) => ({
      ...core,
      table: (name) => {
        const table = core.table(name);
        const query: typeof table.query = async (request) => {
          const answer = await table.query(request);
          await gate;
          return answer;
        };
        return { ...table, query };
      },
    }),
  });
  await worker.documents.bulkPut(['A', 'B', 'C'].map(row));
  await window.open();
  gate = new Promise((resolve) => (open = resolve));
  const scope = effectScope();
  const live = scope.run(() => useLiveQuery(() => namesIn(window), { initial: [] as string[] }));
  if (!live) throw new Error('the scope is not active');
  await new Promise((resolve) => setTimeout(resolve, 50));
  await worker.documents.delete(['Item', 'B']);
  await new Promise((resolve) => setTimeout(resolve, 50));
  gate = null;
  open();
  await vi.waitUntil(() => live.loaded.value);
  await vi.waitFor(() => expect(live.value.value).toEqual(['A', 'C']));
  scope.stop();
});
