import { IDBDatabase } from 'fake-indexeddb';
import { expect, it, vi } from 'vitest';
import { record } from '../../renderer/cache/record';
import { testCache } from '../support/cache';

it('a save waits until the disk has it', async () => {
  const test = testCache();
  const begun = vi.spyOn(IDBDatabase.prototype, 'transaction');
  await record(test, { kind: 'create', doctype: 'Customer', values: { customer_name: 'Kept Ltd' } });
  const writes = begun.mock.calls.filter(([, mode]) => mode === 'readwrite');
  expect(writes.length).toBeGreaterThan(0);
  expect(writes.map(([, , options]) => options)).toEqual(writes.map(() => ({ durability: 'strict' })));
});
