import { openBenchBrowser } from './browser/bench-browser';
import { median } from './quantiles';
import type { Bench } from './report';
import type { Taken, Task } from './at-rest/worker';
import { makeDocuments } from './sync/browser/documents';
import { pagesOf } from './sync/browser/pages';

const count = 40_000;
const rounds = 3;

/** How many times as long each may take with sealed documents as with plain ones. */
const limits: Record<string, number> = { download: 1.5, filter: 3, sort: 3, 'index-built': 3, 'index-loaded': 3, search: 3 };

/** What encryption at rest costs, in a real browser with a database on disk: both take turns, in the same run. */
export const bench: Bench = async (tell) => {
  const documents = await makeDocuments(count);
  const { bundle } = documents;
  const browser = await openBenchBrowser<Task, Taken>('tests/bench/at-rest/worker.ts', pagesOf(documents));
  const sealed: Taken[] = [];
  const plain: Taken[] = [];
  try {
    for (let round = 0; round < rounds; round += 1) {
      // Who comes first changes.
      const order = round % 2 === 0 ? ([sealed, plain] as const) : ([plain, sealed] as const);
      for (const one of order) one.push(await browser.run({ kind: 'measure', bundle, sealed: one === sealed }));
    }
  } finally {
    await browser.close();
  }
  for (const { count: arrived } of [...sealed, ...plain])
    if (arrived !== count) throw new Error(`${arrived} of ${count} documents arrived`);
  for (const [name, limit] of Object.entries(limits)) {
    const of = (taken: Taken[]): number => median(taken.map(({ ms }) => ms[name] ?? Number.NaN));
    tell({ name: `at-rest-${name}`, value: of(sealed), unit: 'ms', baseline: of(plain), limit });
  }
};
