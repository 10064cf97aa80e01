import { Dexie } from 'dexie';
import { databaseName } from './open-cache';
import type { CacheOptions } from './open-cache';

/** Deletes an account's database with all that is in it, once no window holds it open; fine where there is none. */
export async function wipeCache(accountId: string, options: CacheOptions = {}): Promise<void> {
  await new Dexie(databaseName(accountId), options).delete();
}
