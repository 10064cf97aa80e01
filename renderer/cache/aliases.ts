import { keptNumber } from './meta';
import type { Cache } from './open-cache';

/** "New Sales Order 3 (this device)": numbered a DocType, never used twice. */
export async function addAlias(cache: Cache, made: { doctype: string; temporary: string; given: string | null }): Promise<string> {
  const key = `alias ${made.doctype}`;
  const number = ((await keptNumber(cache, key)) ?? 0) + 1;
  await cache.meta.put({ key, value: number });
  const alias = made.given ?? `New ${made.doctype} ${number} (this device)`;
  await cache.aliases.put({ temporary: made.temporary, doctype: made.doctype, name: made.temporary, alias, number });
  return alias;
}
