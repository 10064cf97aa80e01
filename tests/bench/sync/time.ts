import { median } from '../quantiles';
import type { Bench } from '../report';
import { makeDocuments } from './browser/documents';
import { openBenchBrowser } from '../browser/bench-browser';
import { pagesOf } from './browser/pages';
import type { Taken, Task } from './browser/task';

const count = 50_000;
const networkMs = 50;
const rounds = 3;

/** Time in a real browser with a database on disk. What is compared takes turns, so that both see the machine's moods. */
export const time: Bench = async (tell) => {
  const documents = await makeDocuments(count);
  const { bundle } = documents;
  const browser = await openBenchBrowser<Task, Taken>('tests/bench/sync/browser/worker.ts', pagesOf(documents));
  const discarded: number[] = [];
  const downloadedSlowly: number[] = [];
  const written: number[] = [];
  const downloaded: number[] = [];
  const few: number[] = [];
  const many: number[] = [];
  try {
    for (let round = 0; round < rounds; round += 1) {
      const slow = await browser.run({ kind: 'download', bundle, networkMs });
      downloadedSlowly.push(complete(slow));
      discarded.push((await browser.run({ kind: 'discard', pages: slow.pages })).ms);
      const quick = await browser.run({ kind: 'download', bundle, networkMs: 0 });
      downloaded.push(complete(quick));
      written.push(complete(await browser.run({ kind: 'write', pages: quick.pages })));
      many.push((await browser.run({ kind: 'push', bundle, entries: 1_000 })).ms / 1_000);
      few.push((await browser.run({ kind: 'push', bundle, entries: 50 })).ms / 50);
    }
  } finally {
    await browser.close();
  }
  tell({ name: 'download-over-network', value: median(downloadedSlowly), unit: 'ms', baseline: median(discarded), limit: 1.3 });
  tell({ name: 'download-at-once', value: median(downloaded), unit: 'ms', baseline: median(written), limit: 1.3 });
  tell({ name: 'push-of-1000', value: median(many), unit: 'ms/edit', baseline: median(few), limit: 1.5 });
};

function complete({ ms, count: arrived }: { ms: number; count: number }): number {
  if (arrived !== count) throw new Error(`${arrived} of ${count} documents arrived`);
  return ms;
}
