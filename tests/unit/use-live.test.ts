import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import type { Table } from 'dexie';
import { effectScope, ref, watch } from 'vue';
import { expect, test, vi } from 'vitest';
import { useLiveQuery } from '../../renderer/stores/use-live';

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
