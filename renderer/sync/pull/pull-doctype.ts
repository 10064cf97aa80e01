import { AppError } from '@shared/errors';
import type { DocTypeBundle } from '@shared/erp/doctype';
import type { Filter } from '@shared/erp/filters';
import { profileFilters } from '@shared/sync/profile';
import type { ProfileEntry } from '@shared/sync/profile';
import { flushJournal } from '../../cache/journal';
import type { CursorRow } from '../../cache/rows';
import { readBundle } from '../site';
import type { Site } from '../site';
import { todayOf } from '../today';
import { beginRun } from './cursor-row';
import { pullAll } from './pull-all';
import { pullChanges } from './pull-changes';
import { pullSingle } from './pull-single';

/** `news`: documents that this device did not have in this version. */
export type PullReport = { done: number; total: number | null; bytes: number; news: number };

export type PullOptions = {
  report: (progress: PullReport) => void;
  /** Asked between pages: stop here, and go on another time. */
  paused: () => boolean;
};

/** A run through one DocType that has begun. */
export type Run = {
  site: Site;
  bundle: DocTypeBundle;
  doctype: string;
  /** What the server is asked with: the profile's filters and the bound of its window. */
  scope: Filter[];
  cursor: CursorRow;
  progress: PullReport;
  options: PullOptions;
};

/**
 * Downloads what changed in one DocType since the last run. Cursor and documents commit together, so that a download
 * that was cut off goes on where it stopped.
 * @throws AppError of the server; `forbidden` where the user may not read the DocType.
 */
export async function pullDocType(site: Site, entry: ProfileEntry, options: PullOptions): Promise<void> {
  const bundle = await readBundle(site, entry.doctype).catch((thrown: unknown) => {
    const error = AppError.from(thrown);
    throw error.code === 'forbidden' ? notHere(entry.doctype) : error;
  });
  const cursor = await beginRun(site, entry);
  const scope = profileFilters(entry, todayOf(site));
  // One that was cut off is told to go on from what is here already.
  const done = cursor.completedAt === null ? cursor.done : 0;
  const isSingle = bundle.doctype.issingle === 1;
  const total = isSingle ? 1 : await countFirst(site, entry.doctype, scope, cursor);
  const progress: PullReport = { done, total, bytes: 0, news: 0 };
  options.report({ ...progress });
  const run: Run = { site, bundle, doctype: entry.doctype, scope, cursor, progress, options };
  if (isSingle) await pullSingle(run);
  else await (cursor.completedAt === null ? pullAll(run) : pullChanges(run));
  if (progress.news > 0) {
    const from = cursor.position === null ? 'the beginning' : cursor.position.modified;
    site.log('info', `${entry.doctype}: ${progress.news} new here or changed there; read from ${from}`);
  }
  await flushJournal(site);
}

/** The server answers 403 for a DocType that it does not have, too (recording getdoctype). */
const notHere = (doctype: string): AppError =>
  new AppError('forbidden', `This site has no ${doctype}, or you may not read it, so it is not kept on this device.`);

/** How many there are to come, told before a first download; not worth failing for. */
async function countFirst(site: Site, doctype: string, filters: Filter[], cursor: CursorRow): Promise<number | null> {
  if (cursor.completedAt !== null) return null;
  try {
    return await site.erp.count({ account: site.account, priority: 'bulk', doctype, filters });
  } catch (thrown) {
    site.log('debug', `${doctype} was not counted (${AppError.from(thrown).code})`);
    return null;
  }
}
