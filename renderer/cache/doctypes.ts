import type { DocTypeBundle } from '@shared/erp/doctype';
import { keptNumber } from './meta';
import type { Cache } from './open-cache';
import type { DocTypeRow } from './rows';

/** Metadata kept on this device, or undefined when it was never fetched. */
export async function readDocType(cache: Cache, doctype: string): Promise<DocTypeBundle | undefined> {
  return (await cache.doctypes.get(doctype))?.bundle;
}

/** The metadata of several, in their order; undefined for what was never fetched. */
export const readDocTypes = async (cache: Cache, doctypes: string[]): Promise<(DocTypeBundle | undefined)[]> =>
  (await cache.doctypes.bulkGet(doctypes)).map((row) => row?.bundle);

/** Names of the DocTypes whose metadata is here, in alphabetical order. */
export const listDocTypes = (cache: Cache): Promise<string[]> => cache.doctypes.toCollection().primaryKeys();

export const readDocTypeRow = (cache: Cache, doctype: string): Promise<DocTypeRow | undefined> => cache.doctypes.get(doctype);

export async function writeDocType(cache: Cache, bundle: DocTypeBundle, now: number): Promise<void> {
  await cache.doctypes.put({ name: bundle.doctype.name, bundle, keptAt: now });
}

/** It counts as kept now (ms), as it is. */
export async function touchDocType(cache: Cache, doctype: string, now: number): Promise<void> {
  await cache.doctypes.update(doctype, { keptAt: now });
}

/** Its next download begins anew; whether it was downloaded at all. */
export async function forgetCursor(cache: Cache, doctype: string): Promise<boolean> {
  return (await cache.cursors.where('doctype').equals(doctype).delete()) > 0;
}

const signIn = 'signedInAt';

/** When somebody signed in last (ms): metadata from before that may be of other permissions. */
export const signedInAt = async (cache: Cache): Promise<number> => (await keptNumber(cache, signIn)) ?? 0;

export async function noteSignIn(cache: Cache, now: number): Promise<void> {
  await cache.meta.put({ key: signIn, value: now });
}
