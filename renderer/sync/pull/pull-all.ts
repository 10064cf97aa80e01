import { afterPage, firstLimit, nextLimit, pageAt } from '@shared/sync/cursor';
import type { Position } from '@shared/sync/cursor';
import { moved } from './cursor-row';
import { readFitting, readPage } from './page';
import type { FittingPage } from './page';
import type { Run } from './pull-doctype';
import { storeDocuments } from './store';

/** A first download: page after page of whole documents; the next page is fetched while this one is stored. */
export async function pullAll({ site, bundle, scope, cursor: begun, progress, options }: Run): Promise<void> {
  let cursor = begun;
  let limit = firstLimit;
  let position: Position | null = cursor.position;
  const fetchPage = (): Promise<FittingPage> => {
    const { filters, orderBy } = pageAt(position);
    const page = readFitting(limit, (most) => readPage(site, bundle, 'profile', { filters: [...scope, ...filters], orderBy, limit: most }));
    // Awaited only after the page before it was stored; until then a failure must not count as unhandled.
    page.catch(() => undefined);
    return page;
  };
  let coming: Promise<FittingPage> | null = fetchPage();
  while (coming !== null) {
    const page: FittingPage = await coming;
    const after = afterPage(position, page.keys, page.limit);
    position = after.position;
    limit = nextLimit(page.limit, page.keys.length, page.bytes);
    coming = after.done || options.paused() ? null : fetchPage();
    cursor = moved(site, cursor, position, after.done, page.docs.length);
    progress.news += await storeDocuments(site, bundle, page, cursor);
    progress.done += page.docs.length;
    progress.bytes += page.bytes;
    options.report({ ...progress });
  }
}
