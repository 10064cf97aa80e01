import { join } from 'node:path';
import { buildScript } from '../support/build-script';
import { openBenchBrowser } from './browser/bench-browser';
import type { Contender, Taken, Task } from './lists/browser/task';
import { measureApp } from './lists/app';
import { installPeers } from './lists/install-peers';
import { median, quantile } from './quantiles';
import type { Bench } from './report';

const count = 100_000;
const folder = 'tests/bench/lists';
const peers = ['rxdb', 'pouchdb'] as const;
const installed = (path: string): string => join(process.cwd(), path);
/** One Dexie for all: two of different versions cannot be in one worker. `events`: a package, not Node's own. */
const script = {
  format: 'es',
  target: 'chrome140',
  minify: false,
  alias: { dexie: installed('node_modules/dexie'), events: installed(`${folder}/peers/node_modules/events/events.js`) },
} as const;

/** Documents that the app is given besides a small company. */
const downloaded = 50_000;

/** Looking things up in a full cache, beside RxDB (over Dexie) and PouchDB with the same documents. */
export const bench: Bench = async (tell) => {
  await measureWindow(tell);
  await measurePeers(tell);
};

const measureWindow: Bench = async (tell) => {
  const [full, empty] = [await measureApp(downloaded), await measureApp(0)];
  tell({ name: 'longest-task', value: full.longestTask, unit: 'ms', baseline: null, limit: 50 });
  tell({ name: 'start', value: median(full.starts), unit: 'ms', baseline: median(empty.starts), limit: 1.3 });
  tell({ name: 'start-p95', value: quantile(full.starts, 0.95), unit: 'ms', baseline: quantile(empty.starts, 0.95), limit: 1.5 });
  tell({ name: 'memory', value: full.memory, unit: 'MB', baseline: empty.memory, limit: 3 });
};

const measurePeers: Bench = async (tell) => {
  await installPeers();
  const scripts = new Map<string, string>();
  for (const peer of peers) scripts.set(`/${peer}.js`, await buildScript(`${folder}/peers/${peer}.mjs`, { ...script, name: peer }));
  const browser = await openBenchBrowser<Task, Taken>(`${folder}/browser/worker.ts`, async ({ pathname }) => {
    const body = scripts.get(pathname);
    return body === undefined ? null : { type: 'text/javascript', body };
  });
  const measure = (contender: Contender): Promise<Taken> => browser.run({ kind: 'measure', contender, count });
  try {
    const own = await measure('fieldbook');
    tell({ name: 'search-p95', value: quantile(own['search'] ?? [], 0.95), unit: 'ms', baseline: null, limit: 50 });
    tell({ name: 'search-short-p95', value: quantile(own['search-short'] ?? [], 0.95), unit: 'ms', baseline: null, limit: 50 });
    tell({
      name: 'index-loaded',
      value: median(own['index-loaded'] ?? []),
      unit: 'ms',
      baseline: median(own['index-built'] ?? []),
      limit: 0.5,
    });
    for (const contender of peers) {
      const other = await measure(contender);
      for (const name of ['fill', 'open-list', 'filter', 'sort', 'open-document', 'search']) {
        const [mine, theirs] = [own[name] ?? [], other[name] ?? []];
        tell({ name: `${name}-${contender}`, value: median(mine), unit: 'ms', baseline: median(theirs), limit: 1 });
        if (mine.length >= 20)
          tell({ name: `${name}-p95-${contender}`, value: quantile(mine, 0.95), unit: 'ms', baseline: quantile(theirs, 0.95), limit: 1 });
      }
    }
  } finally {
    await browser.close();
  }
};
