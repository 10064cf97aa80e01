import '../../../renderer/zod-jitless';
import type { DocTypeBundle } from '@shared/erp/doctype';
import { matchingNames } from '../../../renderer/cache/list';
import type { ListQuestion } from '../../../renderer/cache/list';
import type { Cache } from '../../../renderer/cache/open-cache';
import { LookUp } from '../../../renderer/search/look-up';
import { systemTimers } from '../../../renderer/timers';
import { runTasks } from '../browser/run-tasks';
import { download } from '../sync/browser/download';
import { sealedCache } from '../sync/browser/ports';
import { subject } from '../sync/browser/task';

/** The app's own download, and what reads every document after it: into a sealed database, or one that is as it was before. */
export type Task = { kind: 'measure'; bundle: DocTypeBundle; sealed: boolean };

/** How long each took (ms), and how many documents came. */
export type Taken = { ms: Record<string, number>; count: number };

const listed: ListQuestion = { doctype: subject, filters: [], sort: { fieldname: 'modified', order: 'desc' } };

async function measure({ bundle, sealed }: Task): Promise<Taken> {
  const taken: Record<string, number> = {};
  const timed = async (name: string, work: () => Promise<unknown>): Promise<void> => {
    const started = performance.now();
    await work();
    taken[name] = performance.now() - started;
  };
  const look = (cache: Cache): LookUp =>
    new LookUp({
      cache,
      timers: systemTimers,
      report(error) {
        throw error;
      },
    });
  const { ms, count } = await download({ bundle, networkMs: 0 }, sealed ? sealedCache : plainCache, async (cache) => {
    await timed('filter', () => matchingNames(cache, { ...listed, filters: [['party', '=', 'Customer 7']] }));
    await timed('sort', () => matchingNames(cache, { ...listed, sort: { fieldname: 'paid_amount', order: 'desc' } }));
    const first = look(cache);
    await timed('index-built', () => first.start());
    await first.keep();
    first.stop();
    const second = look(cache);
    await timed('index-loaded', () => second.start());
    await timed('search', () => second.search({ text: 'customer 7', limit: 20 }));
    second.stop();
  });
  return { ms: { ...taken, download: ms }, count };
}

function plainCache(account: string): Cache {
  const cache = sealedCache(account);
  cache.unuse({ stack: 'dbcore', name: 'sealing' });
  return cache;
}

// What the page of this bench posts.
runTasks((task) => measure(task as Task));
