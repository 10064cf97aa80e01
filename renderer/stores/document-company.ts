import { toValue } from 'vue';
import type { MaybeRefOrGetter } from 'vue';
import type { Doc } from '@shared/erp/document';
import { readDocument } from '../cache/documents';
import type { Cache } from '../cache/open-cache';
import { useWorkspace } from './session';
import { useLiveQuery } from './use-live';

/** The record of a company by its name; without a name, of the only company there is here. Null where this device has none. */
export async function companyRecord(cache: Cache, name: string | null): Promise<Doc | null> {
  if (name !== null) return (await readDocument(cache, 'Company', name))?.doc ?? null;
  const keys = await cache.documents.where('[doctype+name]').between(['Company', ''], ['Company', []]).limit(2).primaryKeys();
  const [only] = keys;
  return keys.length === 1 && only !== undefined ? ((await readDocument(cache, ...only))?.doc ?? null) : null;
}

/** The company that a document belongs to, live. `name`: what the document says, else the person's default. */
export function useCompany(name: MaybeRefOrGetter<string | null>) {
  const { cache } = useWorkspace();
  return useLiveQuery<Doc | null>(() => companyRecord(cache, toValue(name)), { initial: null });
}
