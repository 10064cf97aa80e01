import type { Cache } from './open-cache';

/** Turns of those who write to one account's journal, where the browser has no locks of its own. */
const turns = new WeakMap<Cache, Promise<unknown>>();

/**
 * Runs a task while no other window or worker of this app runs one for the same account. The journal must hear of
 * changes in the order in which the database took them: an older version of an entry told last would come back.
 */
export async function exclusively<T>(cache: Cache, task: () => Promise<T>): Promise<T> {
  if (typeof navigator !== 'undefined' && 'locks' in navigator) return navigator.locks.request(`${cache.name}-journal`, task);
  const mine = (turns.get(cache) ?? Promise.resolve()).then(task, task);
  turns.set(cache, mine);
  return mine;
}
