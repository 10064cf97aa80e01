import { AppError } from '@shared/errors';
import type { Doc } from '@shared/erp/document';
import type { DocTypeBundle } from '@shared/erp/doctype';
import { afterPage, firstLimit, keepMarks, nextLimit, pageAt, startOf } from '@shared/sync/cursor';
import type { Position } from '@shared/sync/cursor';
import type { ProfileEntry } from '@shared/sync/profile';
import { baselineOf } from '@shared/sync/site-time';
import type { CursorRow } from '../../cache/rows';
import { flushJournal } from '../../cache/journal';
import { bundleOf } from '../site';
import type { Site } from '../site';
import { readPage } from './page';
import type { Page } from './page';
import { storeDocuments } from './store';

/** `news`: documents that this device did not have in this version. */
export type PullReport = { done: number; total: number | null; bytes: number; news: number };

export type PullOptions = {
  report: (progress: PullReport) => void;
  /** Told of every document stored, to find what it links to. */
  stored: (docs: Doc[], bundle: DocTypeBundle) => void;
  /** Asked between pages: stop here, and go on another time. */
  paused: () => boolean;
};

/**
 * Downloads what changed in one DocType since the last run, page by page; the next page is fetched while this one is
 * stored. Cursor and documents commit together, so that a download that was cut off goes on where it stopped.
 * @throws AppError of the server; `forbidden` where the user may not read the DocType.
 */
export async function pullDocType(site: Site, entry: ProfileEntry, options: PullOptions): Promise<void> {
  const bundle = await bundleOf(site, entry.doctype);
  if (bundle === undefined)
    throw new AppError('forbidden', `You may not read ${entry.doctype} on this site, so it is not kept on this device.`);
  let cursor = await beginRun(site, entry);
  const progress: PullReport = { done: 0, total: await countFirst(site, entry, cursor), bytes: 0, news: 0 };
  options.report(progress);

  let limit = firstLimit;
  let position: Position | null = cursor.position;
  let coming: Promise<Page> | null = fetchPage(site, bundle, entry, position, limit);
  while (coming !== null) {
    const page: Page = await coming;
    const after = afterPage(position, page.keys, limit);
    position = after.position;
    limit = nextLimit(limit, page.keys.length, page.bytes);
    coming = after.done || options.paused() ? null : fetchPage(site, bundle, entry, position, limit);
    cursor = moved(site, cursor, position, after.done, page.docs.length);
    progress.news += await storeDocuments(site, bundle, page.docs, { origin: 'profile', fetchedAt: page.fetchedAt, cursor });
    options.stored(page.docs, bundle);
    progress.done += page.docs.length;
    progress.bytes += page.bytes;
    options.report({ ...progress });
  }
  await flushJournal(site);
}

function fetchPage(site: Site, bundle: DocTypeBundle, entry: ProfileEntry, position: Position | null, limit: number): Promise<Page> {
  const { filters, orderBy } = pageAt(position);
  const page = readPage(site, bundle, { filters: [...entry.filters, ...filters], orderBy, limit });
  // Awaited only after the page before it was stored; until then a failure must not count as unhandled.
  page.catch(() => undefined);
  return page;
}

/** Goes on with a run that was cut off, or starts one a little before where the last one began. */
async function beginRun(site: Site, entry: ProfileEntry): Promise<CursorRow> {
  const filters = JSON.stringify(entry.filters);
  const known = await site.cache.cursors.get(entry.doctype);
  if (known !== undefined && known.filters === filters) {
    if (known.running) return known;
    const start = startOf(known.marks, known.lastRunAt);
    return { ...known, running: true, position: start === null ? null : { at: 'from', modified: start }, lastRunAt: site.now() };
  }
  return {
    doctype: entry.doctype,
    position: null,
    running: true,
    lastRunAt: site.now(),
    done: 0,
    completedAt: null,
    sweptAt: null,
    filters,
    // What is committed late by others during this first run lies behind no page that starts here.
    marks: [{ at: site.now(), modified: baselineOf(site.watch.lastDate, site.facts.timeZone) ?? '' }],
  };
}

function moved(site: Site, cursor: CursorRow, position: Position | null, done: boolean, stored: number): CursorRow {
  const now = site.now();
  const first = cursor.completedAt === null;
  // During a first run only its start is a safe place; later ones add how far they came.
  const marks =
    first || position === null ? cursor.marks : keepMarks(cursor.marks, { at: now, modified: position.modified }, cursor.lastRunAt);
  return { ...cursor, position, running: !done, marks, done: cursor.done + stored, completedAt: done ? now : cursor.completedAt };
}

/** How many there are to come, told before a first download; not worth failing for. */
async function countFirst(site: Site, entry: ProfileEntry, cursor: CursorRow): Promise<number | null> {
  if (cursor.completedAt !== null) return null;
  try {
    return await site.erp.count({ account: site.account, priority: 'bulk', doctype: entry.doctype, filters: entry.filters });
  } catch (thrown) {
    site.log('debug', `${entry.doctype} was not counted (${AppError.from(thrown).code})`);
    return null;
  }
}
