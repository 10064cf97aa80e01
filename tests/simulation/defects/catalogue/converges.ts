import type { Defect } from '../defect';

/** Promise 6: the cache converges on the server. */
export const converges: Defect[] = [
  {
    name: 'silent columns not swept',
    breaks: 'What the server writes without touching `modified` never reaches the device.',
    promise: 6,
    module: 'shared/sync/compare-names.ts',
    text: 'findings.silent.push(row);',
    becomes: 'findings.silent.slice();',
  },
  {
    name: 'deletions not swept',
    breaks: 'What was deleted there stays here.',
    promise: 6,
    module: 'renderer/sync/sweep.ts',
    text: 'if (row === undefined || keptSince(row, startedAt, site.now())) continue;',
    becomes: 'if (row === undefined || row.keptAt >= 0) continue;',
  },
  {
    name: 'names not compared by themselves',
    breaks: 'Names are compared only when somebody asks for a sync: what was deleted there stays for as long as nobody does.',
    promise: 6,
    module: 'renderer/sync/download.ts',
    text: `if (options.sweep !== true && !isDue(cursor.sweptAt ?? 0, site.now(), sweepEveryMs)) return;`,
    becomes: `if (options.sweep !== true) return;`,
  },
  {
    name: 'a rename is not followed by edits',
    breaks: 'Edits of a document that was renamed there count as edits of one that was deleted.',
    promise: 6,
    module: 'renderer/sync/find-missing.ts',
    text: 'return only !== undefined && others.length === 0 && only.name !== doc.name ? only.name : null;',
    becomes: 'return only !== undefined && others.length > 9 ? only.name : null;',
  },
  {
    name: 'a rename is not followed by Links',
    breaks: 'Links to a renamed document keep its old name.',
    promise: 6,
    module: 'renderer/sync/follow-rename.ts',
    text: 'if (linksTo(bundle, rename.doctype)) await rewriteDoctype(site, rename, bundle);',
    becomes: 'if (linksTo(bundle, rename.to)) await rewriteDoctype(site, rename, bundle);',
  },
  {
    name: 'no parenttype filter',
    breaks: 'Rows of a Supplier appear in the Customer of the same name.',
    promise: 6,
    module: 'electron/erp/page.ts',
    text: `          ['parenttype', '=', page.doctype],\n`,
    becomes: '',
  },
  {
    name: 'cursor by the last row',
    breaks: 'A page goes on after the `modified` of its last row, and skips others that share it.',
    promise: 6,
    module: 'shared/sync/cursor.ts',
    text: `  if (full && rows[0]?.modified === last.modified)
    return { position: { at: 'within', modified: last.modified, name: last.name }, done: false };
  return { position: { at: 'from', modified: last.modified }, done: !full };`,
    becomes: `  return { position: { at: 'past', modified: last.modified }, done: !full };`,
  },
  {
    name: 'no look-back for late commits',
    breaks: 'A run starts where the last one ended, and misses what was committed late.',
    promise: 6,
    module: 'shared/sync/cursor.ts',
    text: 'const old = marks.filter((mark) => mark.at <= lastRunAt - lateCommitMs).at(-1);\n  if',
    becomes: 'const old = marks.filter((mark) => mark.at <= lastRunAt + lateCommitMs).at(-1);\n  if',
  },
  {
    name: 'cursor saved before its documents',
    breaks: 'A crash between the two skips a whole page.',
    promise: 6,
    module: 'renderer/sync/pull/pull-all.ts',
    text: `    progress.news += await storeDocuments(site, bundle, page, cursor);`,
    becomes: `    const saved = cursor;
    await site.cache.transaction('rw', site.cache.cursors, () => site.cache.cursors.put(saved));
    progress.news += await storeDocuments(site, bundle, page);`,
    shownBy: 'tests/unit/engine-rebuild.test.ts',
  },
  {
    name: 'torn page not read again',
    breaks: 'A document whose rows changed while its page was read is kept half old, half new.',
    promise: 6,
    module: 'renderer/sync/pull/page.ts',
    text: 'if (text.check === null) return { docs, requests: text.requests };',
    becomes: 'if (text.check === null || text.check.bytes > 0) return { docs, requests: text.requests };',
  },
  {
    name: '403 treated as deletion',
    breaks: 'A document that this person may no longer see counts as deleted.',
    promise: 6,
    module: 'renderer/sync/site.ts',
    text: `if (error.code === 'forbidden') return { found: 'hidden' };`,
    becomes: `if (error.code === 'forbidden') return { found: 'no' };`,
  },
  {
    name: 'an older page over a newer answer',
    breaks: 'A page asked for before our save was answered is stored over the answer.',
    promise: 6,
    module: 'renderer/sync/receive.ts',
    text: `fetchedAt !== undefined && row.keptAt >= fetchedAt && (theirs.modified ?? '') < row.modified;`,
    becomes: `fetchedAt !== undefined && row.keptAt < 0 && (theirs.modified ?? '') < row.modified;`,
    shownBy: 'tests/unit/engine-others-meanwhile.test.ts',
  },
];
