import { AppError } from '@shared/errors';
import type { ErrorCode } from '@shared/errors';
import type { DocTypeBundle } from '@shared/erp/doctype';
import { isTemporaryName } from '@shared/erp/temporary-name';
import { dayMs, isDue, minuteMs } from '@shared/sync/due';
import { hasNewFields } from '@shared/sync/new-fields';
import { forgetCursor, readDocTypeRow, signedInAt, touchDocType, writeDocType } from '../cache/doctypes';
import { rangeOf } from '../cache/documents';
import { fetchByName } from './pull/fetch-by-name';
import type { Site } from './site';

/** What the server answers, too, where it is asked for what a DocType no longer has. */
const refusals: ReadonlySet<ErrorCode> = new Set(['forbidden', 'not-found', 'refused', 'server-error']);

/**
 * Does what depends on the metadata of a DocType: with what is a day old at most and, where the server refuses, once more
 * if its metadata changed. What is done reads the metadata from the cache.
 */
export async function withMetadata<R>(site: Site, doctype: string, task: () => Promise<R>): Promise<R> {
  await refreshMetadata(site, doctype, dayMs);
  try {
    return await task();
  } catch (thrown) {
    if (!refusals.has(AppError.from(thrown).code) || !(await refreshMetadata(site, doctype, 10 * minuteMs))) throw thrown;
    return task();
  }
}

/**
 * Asks again for metadata that is so old (ms), or from before the last sign-in; whether it changed. Documents that lack its
 * new fields are read again: those that this device downloads with the next run, the others before it is kept.
 */
async function refreshMetadata(site: Site, doctype: string, everyMs: number): Promise<boolean> {
  const kept = await readDocTypeRow(site.cache, doctype);
  if (kept === undefined) return false;
  const isOld = kept.keptAt < (await signedInAt(site.cache)) || isDue(kept.keptAt, site.now(), everyMs);
  if (!isOld) return false;
  try {
    const bundle = await site.erp.doctype({ account: site.account, doctype, priority: 'bulk' });
    const grown = hasNewFields(kept.bundle, bundle);
    if (grown) await readAgain(site, bundle);
    await writeDocType(site.cache, bundle, site.now());
    return grown || JSON.stringify(bundle) !== JSON.stringify(kept.bundle);
  } catch (thrown) {
    const { code } = AppError.from(thrown);
    site.log('info', `${doctype}: metadata not refreshed (${code})`);
    // What may not be asked for is not asked for with each round.
    if (code === 'forbidden' || code === 'not-found') await touchDocType(site.cache, doctype, site.now());
    return false;
  }
}

/** All its documents may lack something: what is downloaded comes with the next run, the others at once. */
export async function readAgain(site: Site, bundle: DocTypeBundle): Promise<void> {
  const doctype = bundle.doctype.name;
  const downloaded = await forgetCursor(site.cache, doctype);
  const names = await site.cache.documents
    .where('[doctype+name]')
    .between(...rangeOf(doctype))
    .filter(({ name, origin }) => !isTemporaryName(name) && !(downloaded && origin === 'profile'))
    .primaryKeys();
  await fetchByName(
    site,
    bundle,
    names.map(([, name]) => name),
    'linked',
  );
}
