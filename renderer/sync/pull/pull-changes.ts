import { afterPage, firstLimit, nextLimit, pageAt } from '@shared/sync/cursor';
import { textOf } from '../rows';
import { list } from '../site';
import type { Site } from '../site';
import { keepCursor, moved } from './cursor-row';
import { readFitting, readPage } from './page';
import type { Run } from './pull-doctype';
import { storeDocuments } from './store';

/** Names asked for at once: as many as a few pages of documents have. */
const namesAtOnce = 1_000;

type Key = { name: string; modified: string };

/**
 * A later run: `name, modified` first, then only the documents that are not here so. A run without news is one small
 * request, and what the look-back lists again is not downloaded again.
 */
export async function pullChanges({ site, bundle, doctype, scope, cursor: begun, progress, options }: Run): Promise<void> {
  let cursor = begun;
  let limit = firstLimit;
  for (let done = false; !done && !options.paused();) {
    const { filters, orderBy } = pageAt(cursor.position);
    const ask = { fields: ['name', 'modified'], filters: [...scope, ...filters], orderBy, limit: namesAtOnce };
    const keys = (await list(site, doctype, ask)).rows.map((row) => ({ name: row.name, modified: textOf(row, 'modified') }));
    const news = await notHere(site, doctype, keys);
    for (let start = 0; start < news.length;) {
      const page = await readFitting(limit, (most) => {
        const names = news.slice(start, start + most);
        return readPage(site, bundle, 'profile', { filters: [...scope, ['name', 'in', names]], orderBy, limit: names.length });
      });
      start += page.limit;
      limit = nextLimit(page.limit, page.keys.length, page.bytes);
      progress.news += await storeDocuments(site, bundle, page);
      progress.done += page.docs.length;
      progress.bytes += page.bytes;
      options.report({ ...progress });
    }
    const after = afterPage(cursor.position, keys, namesAtOnce);
    done = after.done;
    cursor = moved(site, cursor, after.position, done, news.length);
    // Everything before this position is stored: a crash before here only asks for it again.
    await keepCursor(site.cache, cursor);
  }
}

/** Names that this device does not have in the version that the server lists. */
async function notHere(site: Site, doctype: string, keys: Key[]): Promise<string[]> {
  const [first, last] = [keys[0], keys.at(-1)];
  if (first === undefined || last === undefined) return [];
  const here = new Set<string>();
  // Keys alone: the bodies would be read for nothing.
  await site.cache.documents
    .where('[doctype+modified]')
    .between([doctype, first.modified], [doctype, last.modified], true, true)
    .eachKey((key, { primaryKey: [, name] }) => void here.add(`${String(Array.isArray(key) ? key[1] : '')}\n${name}`));
  return keys.filter(({ name, modified }) => !here.has(`${modified}\n${name}`)).map(({ name }) => name);
}
