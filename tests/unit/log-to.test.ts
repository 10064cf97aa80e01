import { Dexie } from 'dexie';
import { expect, it } from 'vitest';
import { logTo } from '../../renderer/bridge/log-to';
import { testCache } from '../support/cache';

it('a line that is told in a transaction is no part of it', async () => {
  const { cache } = testCache();
  const within: boolean[] = [];
  const inTransaction = (): boolean =>
    (Dexie.currentTransaction as unknown) !== null && (Dexie.currentTransaction as unknown) !== undefined;
  const bridge = {
    app: {
      log: async () => {
        within.push(inTransaction());
        return null;
      },
    },
  };
  const log = logTo(bridge as never, 'test');
  await cache.transaction('rw', cache.meta, async () => {
    await cache.meta.put({ key: 'a', value: 1 });
    expect(inTransaction()).toBe(true);
    log('info', 'decided');
    expect(inTransaction()).toBe(true);
    await cache.meta.put({ key: 'b', value: 1 });
  });
  expect(within).toEqual([false]);
});
