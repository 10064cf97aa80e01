import { keepMarks, startOf } from '@shared/sync/cursor';
import type { Position } from '@shared/sync/cursor';
import { scopeKey } from '@shared/sync/profile';
import type { ProfileEntry } from '@shared/sync/profile';
import { baselineOf } from '@shared/sync/site-time';
import type { Cache } from '../../cache/open-cache';
import type { CursorRow } from '../../cache/rows';
import type { Site } from '../site';

/** Goes on with a run that was cut off, or starts one a little before where the last one began. */
export async function beginRun(site: Site, entry: ProfileEntry): Promise<CursorRow> {
  const filters = scopeKey(entry);
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
    // Under other filters before: what they alone covered is found by a comparison at once.
    sweptAt: known === undefined ? null : 0,
    filters,
    // What is committed late by others during this first run lies behind no page that starts here.
    marks: [{ at: site.now(), modified: baselineOf(site.watch.lastDate, site.facts.timeZone) ?? '' }],
  };
}

/** The cursor after a page was stored; `done`: it was the last one. */
export function moved(site: Site, cursor: CursorRow, position: Position | null, done: boolean, stored: number): CursorRow {
  const now = site.now();
  const first = cursor.completedAt === null;
  // During a first run only its start is a safe place; later ones add how far they came.
  const marks =
    first || position === null ? cursor.marks : keepMarks(cursor.marks, { at: now, modified: position.modified }, cursor.lastRunAt);
  // A first download is as good as a comparison: the next one is due an hour later, whatever runs come in between.
  const ended = done ? { completedAt: now, sweptAt: cursor.sweptAt ?? now } : {};
  return { ...cursor, position, running: !done, marks, done: cursor.done + stored, ...ended };
}

/** Stores it; a comparison that was asked for while its page was on its way stays asked for. */
export async function keepCursor(cache: Cache, cursor: CursorRow): Promise<void> {
  await cache.transaction('rw', cache.cursors, async () => {
    const stored = await cache.cursors.get(cursor.doctype);
    await cache.cursors.put(stored?.sweptAt === 0 ? { ...cursor, sweptAt: 0 } : cursor);
  });
}
