import type { DocTypeBundle } from '@shared/erp/doctype';
import type { Cache } from './open-cache';

/** Metadata kept on this device, or undefined when it was never fetched. */
export async function readDocType(cache: Cache, doctype: string): Promise<DocTypeBundle | undefined> {
  return (await cache.doctypes.get(doctype))?.bundle;
}

/** Names of the DocTypes whose metadata is here, in alphabetical order. */
export const listDocTypes = (cache: Cache): Promise<string[]> => cache.doctypes.toCollection().primaryKeys();

export async function writeDocType(cache: Cache, bundle: DocTypeBundle, now: number): Promise<void> {
  await cache.doctypes.put({ name: bundle.doctype.name, bundle, keptAt: now });
}
